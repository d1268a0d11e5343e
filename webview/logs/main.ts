import { LogsPage } from './page.ts';

const root = document.getElementById('page');
if (root !== null) new LogsPage(root);
