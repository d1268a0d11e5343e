// npm run demo:up | demo:down | demo:break -- <fault> | demo:fix
import { openDemo, startDemo } from '../lib/demo/demo.ts';
import { faultNames } from '../lib/demo/faults.ts';

const [action, wanted] = process.argv.slice(2);
const usage = `Usage: npm run demo:up | demo:down | demo:fix | demo:break -- <fault>\nFaults: ${faultNames.join(', ')}`;

switch (action) {
  case 'up': {
    const demo = await startDemo({ say: console.log });
    console.log(`The demo is up (${demo.mode}): ${demo.url}/health\nIts workspace: ${demo.workspaceFolder}`);
    break;
  }
  case 'down':
    await openDemo()?.stop();
    console.log('The demo is down.');
    break;
  case 'fix': {
    const done = await running().fix();
    console.log(done.length === 0 ? 'Nothing was broken.' : done.join('\n'));
    break;
  }
  case 'break': {
    const fault = faultNames.find(name => name === wanted);
    if (fault === undefined) fail(usage);
    else console.log(await running().break(fault));
    break;
  }
  default:
    fail(usage);
}

function running() {
  return openDemo() ?? fail('The demo is not running: npm run demo:up');
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
