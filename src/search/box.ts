import type { Morphology } from '../model/ports.ts';
import { lemmatise } from './record.ts';

const PART = /(-?)"([^"]*)"?|(-?)(\S+)/g;

function words(text: string, morphology: Morphology): string[] {
  return lemmatise(text, morphology).first;
}

/**
 * What a person typed → what Meilisearch is asked, in lemmas: words (all must stand in the document), "phrases",
 * and -exclusions. A bare minus or an empty phrase is left out.
 */
export function toLemmaQuery(text: string, morphology: Morphology): string {
  const parts: string[] = [];
  for (const [, minusPhrase, phrase, minusWord, word] of text.matchAll(PART)) {
    const minus = minusPhrase ?? minusWord ?? '';
    const lemmas = words(phrase ?? word ?? '', morphology);
    if (lemmas.length === 0) continue;
    // A hyphenated or glued word becomes a phrase of its parts: they stand side by side in the index too.
    const isPhrase = phrase !== undefined || lemmas.length > 1;
    parts.push(`${minus}${isPhrase ? `"${lemmas.join(' ')}"` : lemmas[0]}`);
  }
  return parts.join(' ');
}
