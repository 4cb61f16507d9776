import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../../config/schema.ts';
import { crmGuides } from '../../../src/act/crm/guides.ts';
import { connectors } from '../../../src/act/crm/registry.ts';
import { settingsSnippet } from '../../../src/act/crm/settings-snippet.ts';

const DOCS = readFileSync(new URL('../../../docs/crm.md', import.meta.url), 'utf8');
const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const VALUES: Record<string, string> = {
  B24_WEBHOOK: 'https://example.bitrix24.ru/rest/1/s3cr3t/',
  CRM_WEBHOOK_SECRET: SECRET,
};

/** The snippet as the loader would read it, with something in the variables. */
function read(yaml: string) {
  return configSchema.parse(
    parse(yaml.replace(/\$\{(\w+)\}/g, (_, name: string) => VALUES[name] ?? 'a-s3cret')),
  ).crm[0]!;
}

/** With every choice taken: of a setting that is offered more than once the first. */
function taken(yaml: string): string {
  const seen = new Set<string>();
  return yaml
    .split('\n')
    .flatMap((line) => {
      const [, setting] = /^ {6}# (\w+): ./.exec(line) ?? [];
      if (!setting || setting === 'statuses') return [line];
      const isNew = !seen.has(setting) && !yaml.includes(`\n      ${setting}:`);
      seen.add(setting);
      return isNew ? [line.replace('# ', '')] : [];
    })
    .join('\n');
}

it('has a guide for every connector, and none without', () => {
  expect(crmGuides.map(({ kind }) => kind).sort()).toEqual(connectors.map(({ kind }) => kind).sort());
});

describe.each(crmGuides)('$kind', (guide) => {
  const { settings } = connectors.find(({ kind }) => kind === guide.kind)!;

  it('gives a snippet that its connector takes once the variables are set', () => {
    const entry = read(settingsSnippet(guide, 'sales'));
    expect(entry).toMatchObject({ key: 'sales', kind: guide.kind });
    expect(() => settings.parse(entry.settings)).not.toThrow();
    expect(entry.pull !== undefined).toBe(guide.pulls === true);
  });

  it('offers what was found there so that it can be taken as it stands', () => {
    const { keyField = '' } = guide.chosen;
    const id = guide.numbers?.includes(keyField) ? '555' : String(guide.plain[keyField] ?? 'x');
    const shape = {
      pipelines: [{ id: '7', name: 'Продажи', stages: [{ id: '142', name: 'Новая' }] }],
      fields: [
        { id: 'title', name: 'Название', type: 'text' },
        { id, name: 'Молва', type: 'text' },
      ],
      owners: [{ id: '12', name: 'Ольга' }],
    };
    const yaml = taken(settingsSnippet(guide, 'sales', shape));
    const entry = read(yaml);
    expect(() => settings.parse(entry.settings)).not.toThrow();
    for (const setting of [guide.chosen.owner, guide.chosen.stage, guide.chosen.keyField])
      if (setting) expect(entry.settings).toHaveProperty(setting);
  });

  it('names in the documentation what it asks for', () => {
    const row = DOCS.split('\n').find((line) => line.startsWith(`| \`${guide.kind}\``)) ?? '';
    for (const name of Object.keys(guide.secret).filter((one) => one !== 'secrets'))
      expect(row).toContain(name);
    expect(guide.steps.ru).toHaveLength(guide.steps.en.length);
  });
});

it('lets no name that a CRM gave out of its line', () => {
  const name = fc.string({ unit: fc.constantFrom('\n', '\r', '"', '#', ':', "'", '\u2028', 'a', '{', '\\') });
  const named = fc.record({ id: name, name });
  fc.assert(
    fc.property(fc.array(named), fc.array(named), named, (stages, owners, field) => {
      for (const guide of crmGuides) {
        const shape = {
          pipelines: [{ id: '1', name: field.name, stages }],
          fields: [{ ...field, type: 'text' }],
          owners,
        };
        const entry = read(settingsSnippet(guide, 'sales', shape));
        expect(Object.keys(entry.settings).sort()).toEqual(
          [...Object.keys(guide.plain), ...Object.keys(guide.secret)].sort(),
        );
      }
    }),
    { numRuns: 50 },
  );
});
