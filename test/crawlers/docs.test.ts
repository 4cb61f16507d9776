import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';
import { configSchema } from '../../config/schema.ts';
import { crawlers, findCrawler } from '../../crawlers/registry.ts';

const docs = readFileSync(new URL('../../docs/sources.md', import.meta.url), 'utf8');
const blocks = [...docs.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = '']) => yaml);
const sources = blocks.flatMap((yaml) => configSchema.parse(parse(yaml)).sources);

test('every kind is described', () => {
  const missing = crawlers.filter(({ kind }) => !docs.includes(`\`${kind}\``));
  expect(missing.map(({ kind }) => kind)).toEqual([]);
});

test.each(
  sources.map((source) => [source.key, source] as const),
)('the example %s can be used', (_key, source) => {
  const { success, error } = findCrawler(source.kind)!.settings.safeParse(source.settings);
  expect(success ? '' : z.prettifyError(error)).toBe('');
});

test('review sites are off by default', () => {
  const reviews = sources.filter(({ kind }) => kind === 'selectors');
  expect(reviews.length).toBeGreaterThan(2);
  expect(reviews.filter(({ enabled }) => enabled)).toEqual([]);
});

test('every setting is described', () => {
  for (const { kind, settings } of crawlers) {
    const known = Object.keys(settings.parse({}) as object).filter(
      (name) => !['list', 'fields'].includes(name),
    );
    expect([
      kind,
      known.filter((name) => !docs.includes(`\`${name}\``) && !new RegExp(`[\`, ]${name}[\`,]`).test(docs)),
    ]).toEqual([kind, []]);
  }
});
