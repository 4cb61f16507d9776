import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeSourceError } from '../../src/act/source-words.ts';

const ROOT = join(import.meta.dirname, '..', '..');

/** The codes of all errors that are made under a folder. */
function codesIn(folder: string): string[] {
  const files = readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' });
  return files
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => {
      const text = readFileSync(join(ROOT, folder, file), 'utf8');
      return [...text.matchAll(/(?:Permanent|Refused|RetryLater)Error\(\s*'([a-z0-9-]+)'/g)].map(
        ([, code = '']) => code,
      );
    });
}

it('every error that reading a source can end with has words in both languages', () => {
  const codes = new Set(['src/fetch', 'src/extract', 'crawlers'].flatMap(codesIn));
  expect(codes.size).toBeGreaterThan(20);
  const at = new Date();
  const [ru, en] = (['ru', 'en'] as const).map(
    (language) => (code: string) => describeSourceError({ code, message: '', at }, language),
  );
  const unexpected = [ru?.('unexpected'), en?.('unexpected')];
  const silent = [...codes].filter(
    (code) => unexpected.includes(ru?.(code)) || unexpected.includes(en?.(code)),
  );
  expect(silent).toEqual([]);
  for (const code of codes) expect(`${ru?.(code)}`, code).toMatch(/[а-яё]/i);
});
