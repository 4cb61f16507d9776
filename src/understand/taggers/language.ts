import { francAll } from 'franc';
import type { TaggedText, Tagger } from '../../model/ports.ts';
import type { LanguageTag } from '../../model/tag.ts';

const READ_AT_MOST = 2_000;
/** Letters below which statistics of letter triples say nothing. */
const SHORT = 40;
const NOISE = /https?:\/\/\S+|www\.\S+|[@#][\p{L}\p{N}_]+|[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}.-]{1,63}/gu;

// Letters that one language of the Cyrillic script has and its neighbours have not, in order of asking.
const LETTER_RULES: readonly [RegExp, string][] = [
  [/[әғқңұһ]/giu, 'kk'],
  [/[ўЎ]/gu, 'be'],
  [/[ѓќѕ]/giu, 'mk'],
  [/[јљњћђџ]/giu, 'sr'],
  [/[їєґ]/giu, 'uk'],
  [/[өү]/giu, 'ky'],
];
const SCRIPTS: readonly [RegExp, string][] = [
  [/[\u3040-\u30FF]/gu, 'ja'],
  [/[\uAC00-\uD7AF]/gu, 'ko'],
  [/[\u4E00-\u9FFF]/gu, 'zh'],
  [/[\u0600-\u06FF]/gu, 'ar'],
  [/[\u0590-\u05FF]/gu, 'he'],
  [/[\u0370-\u03FF]/gu, 'el'],
  [/[\u10A0-\u10FF]/gu, 'ka'],
  [/[\u0530-\u058F]/gu, 'hy'],
  [/[\u0900-\u097F]/gu, 'hi'],
  [/[\u0E00-\u0E7F]/gu, 'th'],
];
const ISO1: Readonly<Record<string, string>> = {
  rus: 'ru',
  ukr: 'uk',
  bel: 'be',
  bul: 'bg',
  srp: 'sr',
  mkd: 'mk',
  kaz: 'kk',
  eng: 'en',
  deu: 'de',
  fra: 'fr',
  spa: 'es',
  por: 'pt',
  ita: 'it',
  pol: 'pl',
  tur: 'tr',
  nld: 'nl',
  ces: 'cs',
  swe: 'sv',
  ron: 'ro',
  fin: 'fi',
  ind: 'id',
  vie: 'vi',
  hun: 'hu',
};
const CYRILLIC = ['rus', 'ukr', 'bel', 'bul', 'mkd', 'kaz'];
const LATIN = Object.keys(ISO1)
  .filter((code) => !CYRILLIC.includes(code))
  .concat('srp');
// Little words of English and of its neighbours in the Latin script: enough for a short post.
const ENGLISH_WORDS =
  /\b(?:the|and|is|are|was|were|you|your|my|me|i|i'm|it|it's|this|that|to|of|in|for|on|with|not|don't|have|has|had|be|at|so|what|why|how|we|they|he|she|just|can|will|from|a|an|no|do)\b/gi;
const BULGARIAN_WORDS =
  /(?<!\p{L})(?:е|се|са|съм|ще|че|това|като|който|която|които|към|със|във|беше|бяха|няма|още|той|тя|или|при|най)(?!\p{L})/giu;
const RUSSIAN_ONLY = /[ыэ]/giu;
const UKRAINIAN_WORDS = /(?<!\p{L})(?:та|що|це|як|від|або|був|було|щоб|але|його|дуже|він|з|до|й)(?!\p{L})/giu;

/** Script and telling letters first, then statistics: those alone take short Russian for something rarer. */
export const language: Tagger = {
  kind: 'language',
  version: '1',
  tag(text) {
    const value = detectLanguage(
      `${text.document.title ?? ''}\n${text.document.text}`.slice(0, READ_AT_MOST),
      declared(text),
    );
    return [{ kind: 'language', version: '1', target: '', value, spans: [] }];
  },
};

function declared({ document }: TaggedText): string | null {
  return document.declaredLanguage?.toLowerCase().split(/[-_]/)[0] ?? null;
}

/** `hint` is the page's own word, used only where the text leaves a doubt. */
function detectLanguage(text: string, hint: string | null = null): LanguageTag {
  const clean = text.replace(NOISE, ' ');
  const letters = count(clean, /\p{L}/gu);
  if (letters === 0) return { code: 'und', confidence: 0 };
  const cyrillic = count(clean, /\p{Script=Cyrillic}/gu);
  const latin = count(clean, /\p{Script=Latin}/gu);
  const [script, best] = SCRIPTS.map(([pattern, code]) => [code, count(clean, pattern)] as const).reduce(
    (a, b) => (b[1] > a[1] ? b : a),
  );
  if (best * 2 > letters || (script === 'ja' && best > 0 && cyrillic + latin < best))
    return { code: script, confidence: 0.95 };
  // A Russian post full of Latin brand names is Russian.
  if (cyrillic > 0 && cyrillic * 3 >= latin) return cyrillicLanguage(clean, cyrillic, hint);
  return latin > 0 ? latinLanguage(clean, latin, hint) : { code: 'und', confidence: 0 };
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function cyrillicLanguage(text: string, letters: number, hint: string | null): LanguageTag {
  for (const [pattern, code] of LETTER_RULES) {
    // One stray letter in a long text is a name or a quotation.
    if (count(text, pattern) > letters / 150) return { code, confidence: 0.95 };
  }
  if (count(text, /і/giu) > letters / 100) return ukrainianOrBelarusian(text);
  if (count(text, RUSSIAN_ONLY) > 0) return { code: 'ru', confidence: 0.95 };
  if (isBulgarian(text)) return { code: 'bg', confidence: 0.85 };
  if (count(text, UKRAINIAN_WORDS) >= 3) return { code: 'uk', confidence: 0.6 };
  if (hint === 'ru' || letters < SHORT) return { code: 'ru', confidence: letters < 8 ? 0.6 : 0.8 };
  return byStatistics(text, cyrillicCandidates(text), 'ru');
}

/** What the letters leave possible, once і, ї, ў and their like were not seen. */
function cyrillicCandidates(text: string): string[] {
  const only = ['rus'];
  if (!/ь(?!о)|ё/iu.test(text)) only.push('bul');
  if (!/[йьщюяъ]/iu.test(text)) only.push('srp', 'mkd');
  return only;
}

function ukrainianOrBelarusian(text: string): LanguageTag {
  const isBelarusian = count(text, /[ыэё]/giu) > count(text, /и|щ/giu);
  return { code: isBelarusian ? 'be' : 'uk', confidence: 0.85 };
}

/** Bulgarian writes ъ as a vowel between consonants or before a final one; Russian only before е ё ю я. */
function isBulgarian(text: string): boolean {
  const vowels = count(text, /ъ(?![еёюя])/giu);
  return vowels > 0 || count(text, BULGARIAN_WORDS) >= 3;
}

function latinLanguage(text: string, letters: number, hint: string | null): LanguageTag {
  const words = Math.max(1, count(text, /\p{L}+/gu));
  const english = count(text, ENGLISH_WORDS);
  if (english >= 2 && english / words > 0.2) return { code: 'en', confidence: 0.9 };
  const isPlain = !/(?!\p{ASCII})\p{L}/u.test(text);
  if (letters < SHORT) {
    if (isPlain || hint === 'en') return { code: 'en', confidence: english > 0 ? 0.7 : 0.4 };
  }
  return byStatistics(text, LATIN, isPlain ? 'en' : null);
}

/** `usual` wins unless another language is clearly ahead. */
function byStatistics(text: string, only: string[], usual: string | null): LanguageTag {
  const ranking = francAll(text, { only, minLength: 3 });
  const [first = 'und', lead = 0] = ranking[0] ?? [];
  const code = ISO1[first] ?? 'und';
  const usualScore = ranking.find(([name]) => ISO1[name] === usual)?.[1] ?? 0;
  if (usual !== null && usualScore > lead - 0.06) return { code: usual, confidence: 0.75 };
  return { code, confidence: code === 'und' ? 0 : 0.65 };
}
