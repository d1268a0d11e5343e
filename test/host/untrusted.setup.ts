// A folder that nobody has trusted, with a runbook whose steps would leave a trace.
import fs from 'node:fs';
import path from 'node:path';
import type { SetupContext, SuiteSetup } from './setup.ts';

export async function setup({ folder }: SetupContext): Promise<SuiteSetup> {
  const trace = path.join(folder, 'trace');
  fs.mkdirSync(path.join(folder, 'docs', 'runbooks'), { recursive: true });
  fs.writeFileSync(
    path.join(folder, 'docs', 'runbooks', 'trace.md'),
    `# Trace\n\n\`\`\`sh\n# Look\nls; touch '${trace}'\n# Read\nls -l\n\`\`\`\n`,
  );
  return { workspace: folder, hasWorkspaceTrust: true, env: { WK_TRACE: trace } };
}
