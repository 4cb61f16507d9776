import { between, pick, type Random, type Writer } from './grammar.ts';
import { ENGLISH_FRAMES } from './grammar-en.ts';
import { RUSSIAN_FRAMES } from './grammar-ru.ts';

export type Language = 'ru' | 'en';

/** What happens to a text on its way through the web. */
export type Change = (writer: Writer, text: string, language: Language) => string;

const WORD = /[\p{L}\p{N}]+/gu;

function framesOf(language: Language) {
  return language === 'ru' ? RUSSIAN_FRAMES : ENGLISH_FRAMES;
}

function wordCount(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

/** The first `count` words, as they stand. */
function firstWords(text: string, count: number): string {
  let left = count;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    left -= 1;
    if (left === 0) return text.slice(0, index + word.length);
  }
  return text;
}

/** Each long word with the given chance. */
function eachWord(random: Random, text: string, chance: number, change: (word: string) => string): string {
  return text.replace(WORD, (word) => (word.length > 3 && random() < chance ? change(word) : word));
}

function mistype(random: Random, word: string): string {
  const at = between(random, 1, word.length - 2);
  const [before, letter, after] = [word.slice(0, at), word.charAt(at), word.slice(at + 1)];
  const letters = /[а-яё]/i.test(word) ? 'оаеинтср' : 'eaiontsr';
  switch (between(random, 0, 3)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + after.charAt(0) + letter + after.slice(1);
    default:
      return before + pick(random, [...letters]) + after;
  }
}

const LOOK_ALIKE: Record<string, string> = {
  а: 'a',
  е: 'e',
  о: 'o',
  р: 'p',
  с: 'c',
  х: 'x',
  у: 'y',
  a: 'а',
  e: 'е',
  o: 'о',
  p: 'р',
  c: 'с',
  x: 'х',
  y: 'у',
};

function link(random: Random): string {
  return `https://example.org/${between(random, 1000, 99_999)}?utm_source=${pick(random, ['tg', 'vk', 'mail'])}`;
}

/** Where sentences meet. */
function intoSentences(text: string): string[] {
  return text.split(/(?<=[.!?])\s+/);
}

export const CHANGES: Record<string, Change> = {
  'another spelling (ё, quotes, dashes, case, emoji)': ({ random }, text) => {
    const plain = text
      .replaceAll('ё', 'е')
      .replaceAll(/[«»“”]/g, '"')
      .replaceAll(' — ', ' - ');
    const cased = random() < 0.5 ? plain.toUpperCase() : plain.toLowerCase();
    return intoSentences(cased)
      .map((sentence) => `${sentence} ${pick(random, ['🔥', '😡', '❗️❗️', ')))', ''])}`)
      .join('\n');
  },
  'look-alike letters and invisible signs': ({ random }, text) =>
    text.replace(/[\p{L}]/gu, (letter) => {
      const other = random() < 0.25 ? (LOOK_ALIKE[letter] ?? letter) : letter;
      return random() < 0.05 ? `${other}\u200b` : other;
    }),
  'changed links and tags': ({ random }, text) =>
    `@user${between(random, 1, 99)} ${text} ${link(random)} ${link(random)}`,
  'a preface': ({ random }, text, language) => `${pick(random, framesOf(language).prefaces)} ${text}`,
  "an aggregator's tail": ({ random }, text, language) =>
    `${text}\n${pick(random, framesOf(language).tails)} ${link(random)}`,
  'a preface and a tail': ({ random }, text, language) =>
    `${pick(random, framesOf(language).prefaces)}\n${text}\n${pick(random, framesOf(language).tails)}`,
  'cut at 200 characters': ({ random }, text, language) =>
    text.length < 260
      ? `${firstWords(text, Math.ceil(wordCount(text) * 0.8))}…`
      : text.slice(0, 200) + pick(random, framesOf(language).cuts),
  'cut at half of its words': ({ random }, text, language) =>
    firstWords(text, Math.ceil(wordCount(text) / 2)) + pick(random, framesOf(language).cuts),
  'without its first sentence': (_writer, text) => {
    const sentences = intoSentences(text);
    return sentences.length < 3 ? text : sentences.slice(1).join(' ');
  },
  'single words exchanged': ({ random }, text, language) => {
    const synonyms = framesOf(language).synonyms;
    return text.replace(WORD, (word) => (random() < 0.8 ? (synonyms[word.toLowerCase()] ?? word) : word));
  },
  'typing errors': ({ random }, text) => eachWord(random, text, 0.08, (word) => mistype(random, word)),
  'many typing errors': ({ random }, text) => eachWord(random, text, 0.2, (word) => mistype(random, word)),
  'words added within': ({ random }, text, language) =>
    intoSentences(text)
      .map((sentence) =>
        random() < 0.3
          ? `${sentence} ${language === 'ru' ? 'Представляете, да?' : 'Can you imagine?'}`
          : sentence,
      )
      .join(' '),
  'a passage quoted in a longer post': ({ random, write }, text, language) => {
    const sentences = intoSentences(text);
    const from = between(random, 0, Math.max(0, sentences.length - 3));
    let passage = '';
    for (const sentence of sentences.slice(from)) if (wordCount(passage) < 30) passage += `${sentence} `;
    if (wordCount(passage) < 24) passage = text;
    const { quoting } = framesOf(language);
    return `${write(between(random, 1, 4))}\n${quoting} «${passage.trim()}»\n${write(between(random, 2, 6))}`;
  },
  'several of these': ({ random }, text, language) => {
    const typed = eachWord(random, text, 0.05, (word) => mistype(random, word));
    const cut = firstWords(typed, Math.ceil(wordCount(typed) * 0.7));
    return `${pick(random, framesOf(language).prefaces)} ${cut.toLowerCase().replaceAll('ё', 'е')}${pick(random, framesOf(language).cuts)} ${link(random)}`;
  },
};
