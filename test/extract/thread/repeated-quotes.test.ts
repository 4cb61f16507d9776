import { describe, expect, it } from 'vitest';
import type { ThreadPost } from '../../../src/extract/thread/model.ts';
import { withoutRepeatedQuotes } from '../../../src/extract/thread/repeated-quotes.ts';

const first = 'The parcel was promised for Monday and came on Friday.';
const other = 'Their shop in the harbour closed for the whole winter.';
const answer = 'Mine came a week late too.';
const post = (text: string, fullText = text): ThreadPost => ({ text, fullText, links: [] });
const fullTexts = (posts: ThreadPost[]) => withoutRepeatedQuotes(posts).map(({ fullText }) => fullText);

describe('quotations on one page', () => {
  it('are left out with their caption when the page has said it', () => {
    expect(fullTexts([post(first), post(answer, `Anna wrote:\n${first}\n${answer}`)])).toEqual([
      first,
      answer,
    ]);
  });

  it('stay when the quoted words are not on the page, or stand below', () => {
    const quoting = post(answer, `Anna wrote:\n${other}\n${answer}`);
    expect(fullTexts([post(first), quoting, post(other)])[1]).toBe(quoting.fullText);
  });

  it('keep what is new in them', () => {
    const long = `${other} ${other.replaceAll('the', 'this')}`;
    const quoting = post(answer, `${first}\n${long}\n${answer}`);
    expect(fullTexts([post(first), quoting])[1]).toBe(`${long}\n${answer}`);
  });

  it('do not take own words that say the same, nor all that a post has', () => {
    const agreeing = post(`${first}\n${answer}`, `${first}\n${first}\n${answer}`);
    const empty = post('', first);
    expect(fullTexts([post(first), agreeing, empty])).toEqual([first, agreeing.text, first]);
  });
});
