import { describe, expect, it } from 'vitest';
import { isCompletedBy, isExcerpt } from '../../../src/extract/article/excerpt.ts';
import { paragraphs, WORDS } from './page.ts';

describe('an excerpt', () => {
  it.each([
    'The branch opens […]',
    'The branch opens…',
    'The branch opens. Read more',
    'The branch opens. Continue reading A quiet opening →',
    'Отделение открывается. Читать далее »',
    'Отделение открывается (далее)',
    'The post A quiet opening appeared first on The Daily Lamp.',
  ])('is %j, however long it is', (ending) => {
    expect(isExcerpt(WORDS.repeat(20) + ending)).toBe(true);
  });

  it('is one short paragraph', () => {
    expect(isExcerpt('The branch on Green Street opens on Monday.')).toBe(true);
  });

  it('is not a text of several paragraphs', () => {
    const html = paragraphs(8);
    expect(isExcerpt(html.replace(/<[^>]+>/g, '\n'), html)).toBe(false);
  });

  it('is completed by a page that says much more', () => {
    expect(isCompletedBy(WORDS, WORDS.repeat(5))).toBe(true);
    expect(isCompletedBy(WORDS.repeat(5), WORDS.repeat(5))).toBe(false);
  });
});
