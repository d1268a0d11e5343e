import type { ServiceToHost, ServiceToPage } from '../../src/shared/serviceProtocol.ts';
import { openBridge } from '../bridge.ts';
import { ServicePage } from './page.ts';

const root = document.getElementById('page');
if (root)
  new ServicePage(root, openBridge<ServiceToHost, ServiceToPage>()).start(
    document.body.dataset['service'] ?? '',
  );
