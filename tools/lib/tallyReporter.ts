// Reporter for `node --test` that writes one JSON line: how many tests passed and failed, and which were skipped.
import type { TestEvent } from 'node:test/reporters';

interface Seen {
  readonly name: string;
  readonly skip?: string | boolean;
  readonly details?: { readonly type?: string };
}

async function* tally(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  let passed = 0;
  let failed = 0;
  const notRun: string[] = [];
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const seen: Seen = data;
    if (seen.details?.type === 'suite') {
      if (type === 'test:fail') continue;
    } else if (seen.skip !== undefined && seen.skip !== false)
      notRun.push(typeof seen.skip === 'string' && seen.skip ? `${seen.name}: ${seen.skip}` : seen.name);
    else if (type === 'test:pass') passed += 1;
    else failed += 1;
  }
  yield JSON.stringify({ passed, failed, notRun });
}

// biome-ignore lint/style/noDefaultExport: the test runner takes a reporter by its default export.
export { tally as default };
