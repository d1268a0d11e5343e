// One window as a process of its own: the monitor checks while it holds the lease, and shares what it finds.
import { LeaseFile } from '../../../src/adapters/leaseFile.ts';
import { SharedStateFile } from '../../../src/adapters/sharedStateFile.ts';
import { HealthSharing } from '../../../src/app/health/healthSharing.ts';
import { HealthMonitor } from '../../../src/app/healthMonitor.ts';
import { systemClock as clock } from '../../../src/base/clock.ts';
import { service } from '../../app/monitorScene.ts';

/** What a window tells the test; a line per probe goes to the test's server instead. */
export interface WindowReport {
  readonly isHeld: boolean;
  readonly shown: string;
}

const [file = '', holderId = '', serverPort = '0'] = process.argv.slice(2);
const lease = new LeaseFile({ file: `${file}.lease`, holderId, pid: process.pid, clock, renewMs: 300 });
const monitor = new HealthMonitor(
  () => ({
    kind: 'tcp',
    async check() {
      const answer = await fetch(`http://127.0.0.1:${serverPort}/${holderId}`);
      const seen = await answer.text();
      return { verdict: 'up', seen, wanted: undefined, atMs: clock.nowMs(), tookMs: 1 };
    },
  }),
  clock,
);
monitor.setLease(lease);
const shared = new SharedStateFile({ file, writerId: holderId, clock });
new HealthSharing({ monitor, lease, shared, clock, everyMs: 100 });
monitor.setServices([service({ id: 'web', intervalMs: 200 })]);
lease.onDidChange(() => report());
monitor.onDidCheck(() => report());
process.on('message', message => {
  if (message === 'take') lease.take().then(report, error => process.send?.({ error: String(error) }));
});
process.once('disconnect', () => process.exit(0));
lease.start().then(report);

function report(): void {
  process.send?.({
    isHeld: lease.isHeld,
    shown: monitor.probe('web/tcp')?.last?.seen ?? '',
  } satisfies WindowReport);
}
