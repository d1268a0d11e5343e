import fs from 'node:fs';
import path from 'node:path';
import type { Runbook } from '../../../src/domain/runbook/model.ts';
import { parseRunbook } from '../../../src/domain/runbook/parseRunbook.ts';

const folder = path.resolve(import.meta.dirname, '../../../../shared/seeds');

/** Both seed runbooks, service-down first; undefined where the seeds are absent. */
export function seedRunbooks(): readonly [Runbook, Runbook] | undefined {
  if (!fs.existsSync(folder)) return undefined;
  const parse = (name: string) =>
    parseRunbook(`docs/${name}`, fs.readFileSync(path.join(folder, name), 'utf8'));
  return [parse('service-down.md'), parse('incident-response.md')];
}
