import { escapeMarkdown, type Row } from '../row.ts';

/** What is wrong with the configuration, at the top: what is shown may not be what was written. */
export interface ConfigurationTrouble {
  readonly file: string;
  /** Of the first mistake. */
  readonly line: number;
  readonly mistakes: number;
  /** Whether an earlier configuration, which was good, is in force. */
  readonly isKept: boolean;
}

export function configurationRow(trouble: ConfigurationTrouble | undefined): Row | undefined {
  if (trouble === undefined) return undefined;
  const { file, line, mistakes, isKept } = trouble;
  const label = `${file}: ${mistakes} mistake${mistakes === 1 ? '' : 's'}`;
  const description = isKept ? 'the last good one is in force' : 'only what could be read is in force';
  return {
    id: 'configuration',
    label,
    description,
    icon: { id: 'warning', color: 'problemsWarningIcon.foreground' },
    tooltip: `${escapeMarkdown(label)}, the first in line ${line}: ${description}`,
    spoken: `${label}, ${description}`,
    context: 'configuration',
    expand: 'none',
    command: { name: 'openConfiguration', argument: `${file}:${line}` },
  };
}
