import { addTallies, type Tally } from './suites.ts';

export interface Stage {
  readonly title: string;
  run(): Promise<Tally | undefined>;
}

interface StageResult {
  readonly title: string;
  readonly seconds: number;
  readonly tally: Tally;
}

const NOTHING: Tally = { passed: 0, failed: 0, notRun: [] };

/** Rows of stages that run side by side; within a row one stage follows the other. */
export type Phase = readonly (readonly Stage[])[];

/** Runs phases one after another, all of them even when one fails, and prints what each stage brought and took. */
export async function runPhases(phases: readonly Phase[]): Promise<Tally> {
  const results: StageResult[] = [];
  for (const rows of phases) {
    const brought = await Promise.all(rows.map(runRow));
    results.push(...brought.flat());
  }
  printSummary(results);
  return addTallies(results.map(({ tally }) => tally));
}

async function runRow(stages: readonly Stage[]): Promise<readonly StageResult[]> {
  const results: StageResult[] = [];
  for (const stage of stages) {
    console.log(`\n── ${stage.title}`);
    results.push(await runStage(stage));
  }
  return results;
}

/** A stage that throws counts as one failure: a part that cannot be had must not pass silently. */
async function runStage({ title, run }: Stage): Promise<StageResult> {
  const startedMs = performance.now();
  let tally = NOTHING;
  try {
    tally = (await run()) ?? NOTHING;
  } catch (error) {
    console.error(`✖ ${title}: ${error instanceof Error ? error.message : String(error)}`);
    tally = { ...NOTHING, failed: 1 };
  }
  return { title, seconds: (performance.now() - startedMs) / 1000, tally };
}

function printSummary(results: readonly StageResult[]): void {
  const width = Math.max(...results.map(({ title }) => title.length));
  console.log('');
  for (const { title, seconds, tally } of results) {
    const counts = tally.passed + tally.failed > 0 ? `  ${tally.passed} passed, ${tally.failed} failed` : '';
    console.log(`${title.padEnd(width)} ${seconds.toFixed(1).padStart(6)} s${counts}`);
  }
  for (const reason of results.flatMap(({ tally }) => tally.notRun)) console.log(`did not run: ${reason}`);
}
