import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { jsonSchemaOf, SCHEMA_NAMES } from '../../../src/act/cases/schemas.ts';

it.each(SCHEMA_NAMES)('docs/schemas/%s.json is what the program says (molva webhook schema)', (name) => {
  const written = readFileSync(new URL(`../../../docs/schemas/${name}.json`, import.meta.url), 'utf8');
  expect(JSON.parse(written)).toEqual(jsonSchemaOf(name));
});
