import { ensureSystemParts } from '../../tools/lib/systemParts.ts';
import type { SetupContext, SuiteSetup } from './setup.ts';

/** With WATCHKEEPER_SOAK=1 the bash table runs twenty times in a row, with `fish:5` that of fish five times. */
export async function setup(_context: SetupContext): Promise<SuiteSetup> {
  await ensureSystemParts(['zsh', 'fish']);
  return { env: { WATCHKEEPER_SOAK: process.env['WATCHKEEPER_SOAK'] ?? '' } };
}
