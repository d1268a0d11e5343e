import path from 'node:path';

/**
 * Bundles that activation must not read (esbuild.config.mjs): client libraries and parsers are loaded when first
 * needed, which keeps start-up to a few milliseconds.
 */
export function loadBundle<T>(name: 'cockpit' | 'adapters' | 'kubernetes' | 'parsers'): T {
  return require(path.join(__dirname, `${name}.cjs`)) as T;
}
