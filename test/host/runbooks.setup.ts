// A workspace with a runbook that has everything, one that is no text, one that is too long, and an environment.
import fs from 'node:fs';
import path from 'node:path';
import type { SetupContext, SuiteSetup } from './setup.ts';

const config = `environments:
  local:
    aliases: { "cache.example:6379": "127.0.0.1:6379" }
    variables: { WK_REGION: north, WK_API_KEY: { secret: shop-key } }
`;

const runbook = `# Runbook: Shop is slow

## First look

\`\`\`bash
# Say hello
echo hello-from-$WK_REGION
# No match
printf 'a\\nb\\n' | grep zebra
# Broken tool
cat /no-such-file-of-ours
# Where the cache is
echo cache.example:6379
\`\`\`

See [the guide](missing-guide.md).

## Later

\`\`\`bash
# Ask for a name
echo "name {customer-name} end"
# Use the key
printf '%s' "$WK_API_KEY" | wc -c
# Watch the shop
docker logs -f --tail 50 shop-web-1
# Change a file
touch changed-by-step
# Several lines
cat <<EOF
one
EOF
\`\`\`
`;

/** More steps than run at once. The seconds are ours alone on this machine, so that its processes can be told apart. */
const patience = (seconds: string) => `# Patience

## Quick

\`\`\`sh
# Say something
echo something
\`\`\`

## Slow

\`\`\`sh
# Quick look
echo quick-answer
# First wait
sleep ${seconds}1
# Second wait
sleep ${seconds}2
# Third wait
sleep ${seconds}3
# Fourth wait
sleep ${seconds}4
# Out of reach
echo never-reached
\`\`\`
`;

export async function setup({ folder }: SetupContext): Promise<SuiteSetup> {
  const books = path.join(folder, 'docs', 'runbooks');
  fs.mkdirSync(books, { recursive: true });
  fs.writeFileSync(path.join(folder, 'watchkeeper.yaml'), config);
  fs.writeFileSync(path.join(books, 'shop.md'), runbook);
  fs.writeFileSync(path.join(books, 'patience.md'), patience(`7${process.pid}`));
  fs.writeFileSync(
    path.join(books, 'picture.md'),
    Buffer.from(Array.from({ length: 4096 }, (_, i) => i % 7)),
  );
  fs.writeFileSync(path.join(books, 'long.md'), `# Long\n\n${'```sh\nls\n```\n\n'.repeat(800_000)}`);
  for (const place of ['ops/Runbooks/db', 'vendor/shop/runbooks', 'node_modules/shop/runbooks']) {
    fs.mkdirSync(path.join(folder, place), { recursive: true });
    fs.writeFileSync(path.join(folder, place, 'disk.md'), '# The disk is full\n\n```sh\ndf -h\n```\n');
  }
  return {
    workspace: folder,
    settings: { 'watchkeeper.steps.recoveryWait': 1 },
    env: { DOCKER_HOST: `unix://${folder}/none.sock` },
  };
}
