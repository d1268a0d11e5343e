import type { ReviewTemplate } from './model.ts';
import { parseTemplate } from './template.ts';

/** Where a review goes when no runbook says otherwise. */
export const builtInPath = 'docs/post-incident-reports/YYYY-MM-DD-{incident-id}.md';

const text = `# Post-Incident Review: {Incident Title}

## At a Glance
- **Incident**: {Incident ID}
- **Date**: {Date}
- **Duration**: {Start time} - {End time} ({Total duration})
- **Severity**: SEV-{Level}
- **Incident Commander**: {Name}
- **Affected Services**: {Services}

## Impact
- **Who noticed, and how**: {Effect on users}
- **How many**: {Number of users or requests}

## Timeline
| Time | Event | Action Taken |
|------|-------|--------------|

## Root Cause
{What made this possible, and what set it off}

## Resolution
{What brought the service back}

## What We Learned
- **Went well**: {What helped}
- **Could go better**: {What held us up}
- **Where we got lucky**: {What could have made it worse}

## Action Items
- [ ] {Action} - Assigned to {Person} - Due {Date}
`;

export const builtInTemplate: ReviewTemplate = { ...parseTemplate(text), isBuiltIn: true };
