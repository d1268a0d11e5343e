import fs from 'node:fs';
import path from 'node:path';

/** A team that answers within seconds, so that what comes due does so while one looks on. */
const runbook = `# Incident Response

## Severity Levels

| Level | Name | When | Response time | Updates |
|-------|------|------|---------------|---------|
| SEV-1 | Critical | Nobody is served | < 5 seconds | every 30 minutes |
| SEV-2 | High | Most are not served | 15 minutes | every 30 minutes |

## Communicate

### Declaration
\`\`\`markdown
# For the #incidents channel
🚨 **INCIDENT** SEV-{LEVEL} #{incident-id}

**Commander**: {Name}
**Next update**: {Time}
\`\`\`

### Update
\`\`\`markdown
# Every 30 minutes for SEV-1 and SEV-2
📊 **UPDATE** SEV-{LEVEL} #{incident-id}

**Done**: {What was done}
\`\`\`

### Resolution
\`\`\`markdown
✅ **RESOLVED** SEV-{LEVEL} #{incident-id}

**Duration**: {From first sign to recovery}
\`\`\`

## First steps
- [ ] Acknowledge the alert
- [ ] Notify the team in the channel

## Contacts

### Escalation Path
1. **L1**: On-call engineer (responds within 5 minutes)
2. **L2**: Team lead (after 30 minutes)
3. **L3**: Head of engineering (for major incidents)
`;

const pastReviews: Readonly<Record<string, string>> = {
  '2026-08-02-inc-20260802-aaaa.md':
    '# Post-Incident Review: Redis ran out of memory\n\n- **Date**: 2026-08-02\n- **Severity**: SEV-1\n\n## Root Cause\nNo limit was set on the cache.\n\n## Action Items\n- [ ] Raise maxmemory - Assigned to Kim - Due 2026-08-09\n',
  '2026-09-10-inc-20260910-bbbb.md':
    '# Post-Incident Review: Certificates ran out\n\n- **Date**: 2026-09-10\n- **Severity**: SEV-2\n\n## Root Cause\nNobody renewed them.\n',
};

export function writeDeskWorkspace(folder: string): void {
  const write = (file: string, text: string) => {
    fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    fs.writeFileSync(path.join(folder, file), text);
  };
  write('docs/runbooks/incident-response.md', runbook);
  for (const [name, text] of Object.entries(pastReviews)) write(`docs/post-incident-reports/${name}`, text);
}
