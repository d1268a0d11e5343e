// The original downloads its binary in an install script; the universal package beside it carries one.
const path = require('node:path');

const name = process.platform === 'win32' ? 'rg.exe' : 'rg';
const installed = path.resolve(__dirname, '..', '..', 'node_modules', '@vscode', 'ripgrep-universal');
exports.rgPath = path.join(installed, 'bin', `${process.platform}-${process.arch}`, name);
