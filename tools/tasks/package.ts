import fs from 'node:fs';
import path from 'node:path';
import { packageExtension } from '../lib/packageExtension.ts';

const vsix = await packageExtension(
  process.argv[2] === undefined ? undefined : path.resolve(process.argv[2]),
);
console.log(`${vsix} (${Math.round(fs.statSync(vsix).size / 1024)} kB)`);
