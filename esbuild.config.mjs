// Bundles only; types are checked by tsc. Three kinds of bundle:
//  - extension.cjs: what activation reads, a few kilobytes.
//  - cockpit.cjs: everything that runs in the host, read right after. No client library and no parser may be in it.
//  - adapters.cjs, parsers.cjs: read on first use (dockerode, ioredis, node-fetch; markdown-it, unbash, yaml).
//  - kubernetes.cjs: the Kubernetes client, 1.4 MB, read when the first check of a cluster runs.
//  - webview/<page>.js: one per page.

import fs from 'node:fs';
import path from 'node:path';
import { build, context } from 'esbuild';
import { thirdPartyNotices } from './tools/lib/thirdPartyNotices.ts';

const root = import.meta.dirname;
const isWatch = process.argv.includes('--watch');
const isDev = process.argv.includes('--dev') || isWatch;

/**
 * ssh2 and gRPC are 550 kB of dockerode that only ssh:// hosts and BuildKit sessions need; whatwg-url is 290 kB that the
 * Kubernetes client's node-fetch 2 needs on Node versions without a URL of their own.
 */
const emptyModules = {
  name: 'empty-modules',
  setup(b) {
    b.onResolve(
      { filter: /^(@grpc\/grpc-js|@grpc\/proto-loader|protobufjs|ssh2|cpu-features|whatwg-url)(\/|$)/ },
      args => ({
        path: args.path,
        namespace: 'empty',
      }),
    );
    b.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  minify: !isDev,
  sourcemap: isDev ? 'linked' : false,
  logLevel: 'warning',
  legalComments: 'none',
  metafile: true,
};

const host = {
  ...shared,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode'],
  loader: { '.node': 'empty' },
  plugins: [emptyModules],
};

const pages = fs.existsSync(path.join(root, 'webview'))
  ? fs
      .readdirSync(path.join(root, 'webview'), { withFileTypes: true })
      .filter(e => e.isDirectory() && fs.existsSync(path.join(root, 'webview', e.name, 'main.ts')))
      .map(e => e.name)
  : [];

// Later bundles are read on first use; extension.ts is the only one that loads them (src/host/lazyBundles.ts).
const later = {
  cockpit: 'src/extension/cockpit.ts',
  adapters: 'src/adapters/adapters.ts',
  kubernetes: 'src/adapters/kubernetes/kubernetes.ts',
  parsers: 'src/domain/parsers.ts',
};

const bundles = [
  {
    ...host,
    entryPoints: { extension: 'src/extension.ts' },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  ...Object.entries(later)
    .filter(([, file]) => fs.existsSync(path.join(root, file)))
    .map(([name, file]) => ({ ...host, entryPoints: [file], outfile: `dist/${name}.cjs` })),
  ...pages.map(page => ({
    ...shared,
    platform: 'browser',
    format: 'iife',
    target: 'es2022',
    entryPoints: [`webview/${page}/main.ts`],
    outfile: `dist/webview/${page}.js`,
  })),
];

if (isWatch) {
  for (const options of bundles) await (await context(options)).watch();
} else {
  const results = await Promise.all(bundles.map(options => build(options)));
  const inputs = results.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  fs.writeFileSync(path.join(root, 'dist', 'ThirdPartyNotices.txt'), thirdPartyNotices(root, inputs));
}
