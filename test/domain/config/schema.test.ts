import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { probeKinds, probeTable } from '../../../src/domain/config/probeTable.ts';
import { configJsonSchema } from '../../../src/domain/config/table.ts';
import type { ProbeKind } from '../../../src/domain/health/model.ts';

const root = path.resolve(import.meta.dirname, '../../..');

test('the JSON Schema in media is the one that the table gives (else run: npm run schema)', () => {
  const written = JSON.parse(fs.readFileSync(path.join(root, 'media/watchkeeper.schema.json'), 'utf8'));
  assert.deepEqual(written, configJsonSchema());
});

test('every kind of probe can be configured and is in the schema', () => {
  // The compiler refuses this list when a kind of ProbeSpec is missing from it.
  const all: Readonly<Record<ProbeKind, true>> = {
    http: true,
    tcp: true,
    dns: true,
    tls: true,
    redis: true,
    postgres: true,
    container: true,
    engine: true,
    host: true,
    command: true,
    prometheus: true,
    kubernetes: true,
    metrics: true,
  };
  assert.deepEqual([...probeKinds].sort(), Object.keys(all).sort());
  const text = JSON.stringify(configJsonSchema());
  for (const kind of probeKinds) {
    assert.ok(kind in probeTable[kind], `${kind} has a key of its own name`);
    assert.ok(text.includes(`"title":"${kind}"`), `${kind} is in the schema`);
  }
});

test('every key has a sentence for hover', () => {
  const missing: string[] = [];
  const visit = (schema: unknown, where: string) => {
    if (Array.isArray(schema)) for (const item of schema) visit(item, where);
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return;
    for (const [key, value] of Object.entries(schema)) {
      if (key === 'properties')
        for (const [name, property] of Object.entries(value as Record<string, Record<string, unknown>>)) {
          if (typeof property['description'] !== 'string') missing.push(`${where}.${name}`);
          visit(property, `${where}.${name}`);
        }
      else if (key !== 'examples') visit(value, where);
    }
  };
  visit(configJsonSchema(), '');
  assert.deepEqual(missing, []);
});
