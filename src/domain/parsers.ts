import type { Catalog, CatalogInput } from './config/catalog.ts';
import { hideInConfig, promoteInConfig, unhideInConfig } from './config/configEdits.ts';
import { includedFiles, namedComposeFiles } from './config/include.ts';
import { readCatalog } from './config/readCatalog.ts';
import { completionsAt, hoverAt, referenceAt } from './config/schemaHelp.ts';
import { writeConfig } from './config/writeConfig.ts';
import { toHtmlFile } from './review/exportHtml.ts';
import { fillCommand } from './runbook/fill.ts';
import { lintRunbook } from './runbook/lint.ts';
import { logsRequest } from './runbook/logsCommand.ts';
import { lossQueries } from './runbook/losses.ts';
import { parseRunbook } from './runbook/parseRunbook.ts';
import { probesFromRunbook } from './runbook/probesFromRunbook.ts';
import { matchSymptoms } from './runbook/symptoms.ts';

/** What the bundle of parsers offers: read on first use, since it brings Markdown, shell and YAML grammars. */
export const parsers = {
  parseRunbook,
  fillCommand,
  lintRunbook,
  matchSymptoms,
  lossQueries,
  logsRequest,
  includedFiles,
  namedComposeFiles,
  hideInConfig,
  unhideInConfig,
  promoteInConfig,
  completionsAt,
  hoverAt,
  referenceAt,
  writeConfig,
  toHtmlFile,
  readCatalog: (input: CatalogInput): Catalog => readCatalog(input, probesFromRunbook),
};

export type Parsers = typeof parsers;
