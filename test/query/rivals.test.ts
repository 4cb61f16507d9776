import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadMorphology } from '../../src/lib/morphology.ts';
import type { Morphology } from '../../src/model/ports.ts';
import { evaluate } from '../../src/query/evaluate.ts';
import { FIELDS } from '../../src/query/fields.ts';
import { OPERATORS } from '../../src/query/operators.ts';
import { mustParse } from './samples.ts';

const page = readFileSync(new URL('../../docs/query-language.md', import.meta.url), 'utf8');
const rows = page
  .slice(page.indexOf('| tool |'))
  .split('\n')
  .filter((line) => /^\| [A-Z]/.test(line))
  .map((line) =>
    line
      .replaceAll('\\|', '\u0001')
      .split('|')
      .map((cell) => cell.trim().replaceAll('\u0001', '|')),
  )
  .map(([, tool = '', theirs = '', ours = '', matches = '', not = '']) => ({
    tool,
    theirs,
    ours: ours.replace(/^`|`$/g, ''),
    matches,
    not,
  }));

let morphology: Morphology;
beforeAll(async () => {
  morphology = await loadMorphology();
});

describe('queries of other tools', () => {
  it('stand in the documentation', () => {
    expect(rows.length).toBeGreaterThan(30);
    expect(new Set(rows.map(({ tool }) => tool))).toEqual(
      new Set(['Brandwatch', 'YouScan', 'Meltwater', 'SentiOne', 'FreshRSS']),
    );
  });

  it.each(rows)('$tool $theirs is our $ours', ({ ours, matches, not }) => {
    const query = mustParse(ours);
    expect(evaluate(query, { text: matches }, morphology).matched).toBe(true);
    expect(evaluate(query, { text: not }, morphology).matched).toBe(false);
  });
});

describe('the documentation of the language', () => {
  it.each(Object.values(OPERATORS).map(({ name }) => name))('tells of %s', (name) => {
    expect(page).toContain(name);
  });

  it.each([...FIELDS.keys()])('tells of %s:', (name) => {
    expect(page).toMatch(new RegExp(`${name}(?::|\\(|>=)`));
  });
});
