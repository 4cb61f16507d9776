import { pick, randomFrom } from './random.ts';

/** Words that people ask for, each with forms that they write: the first is what the dictionary has. */
export const ASKED: readonly (readonly string[])[] = [
  ['кредит', 'кредита', 'кредитом', 'кредитов', 'кредитах'],
  ['доставка', 'доставки', 'доставкой', 'доставок', 'доставку'],
  ['человек', 'человека', 'людей', 'людям', 'люди'],
  ['ребёнок', 'ребенка', 'дети', 'детей', 'детям'],
  ['день', 'дня', 'дней', 'днём', 'дни'],
  ['окно', 'окна', 'окон', 'окнами', 'окну'],
  ['рынок', 'рынка', 'рынке', 'рынков', 'рынком'],
  ['друг', 'друга', 'друзья', 'друзей', 'другу'],
  ['телефон', 'телефона', 'телефоном', 'телефоны', 'телефонов'],
  ['сломаться', 'сломался', 'сломалась', 'сломается', 'сломались'],
  ['идти', 'шёл', 'шла', 'идёт', 'идут'],
  ['купить', 'купил', 'купила', 'куплю', 'купили'],
  ['вернуть', 'вернул', 'вернули', 'верну', 'верните'],
  ['хороший', 'хорошая', 'хорошего', 'хорошими', 'хорошую'],
  ['плохой', 'плохая', 'плохого', 'плохими', 'плохую'],
  ['банк', 'банка', 'банком', 'банки', 'банков'],
  ['врач', 'врача', 'врачом', 'врачи', 'врачей'],
  ['письмо', 'письма', 'писем', 'письмом', 'письмам'],
  ['child', 'children'],
  ['mouse', 'mice'],
  ['go', 'went', 'goes', 'going', 'gone'],
  ['buy', 'bought', 'buys', 'buying'],
  ['delivery', 'deliveries'],
  ['complain', 'complained', 'complaining', 'complains'],
  ['woman', 'women'],
  ['break', 'broke', 'broken', 'breaks'],
  ['phone', 'phones'],
  ['refund', 'refunds', 'refunded', 'refunding'],
];

const RUSSIAN =
  'сегодня магазин вчера очень опять потом город улица погода работа утро вечер решила написала сосед чай сервис мастер плита холодильник почему нужно просто всегда никогда звонок ответ вопрос цена скидка качество упаковка коробка курьер оператор поддержка терпение история квартира ремонт дача огород рецепт пирог тесто сахар соль вода огонь снег дождь весна'.split(
    ' ',
  );
const ENGLISH =
  'today shop yesterday very again then city street weather work morning evening decided wrote neighbour tea service fridge oven why simply always never call answer question price discount quality box courier operator support patience story flat repair garden recipe pie dough sugar salt water fire snow rain spring'.split(
    ' ',
  );

export interface Post {
  id: number;
  language: 'ru' | 'en';
  title: string;
  text: string;
  /** Places in ASKED of the words it has in some form. */
  asked: number[];
}

/** Zipf-like: common words are common. */
function filler(random: () => number, words: readonly string[]): string {
  return words[Math.floor(words.length * random() ** 2)] as string;
}

function makePost(id: number, random: () => number, words: number): Post {
  const language = random() < 0.7 ? 'ru' : 'en';
  const vocabulary = language === 'ru' ? RUSSIAN : ENGLISH;
  const own = ASKED.map((_, at) => at).filter(
    (at) => /[а-я]/.test(ASKED[at]?.[0] ?? '') === (language === 'ru'),
  );
  const asked = [...new Set([pick(random, own), ...(random() < 0.3 ? [pick(random, own)] : [])])];
  const text = Array.from({ length: words }, () => filler(random, vocabulary));
  for (const _ of asked) text[Math.floor(random() * words)] = '';
  const forms = asked.map((at) => pick(random, ASKED[at] ?? []));
  // A number of its own, so that no two posts are the same and rare words exist.
  const body = `${[...text.filter(Boolean), ...forms].sort(() => random() - 0.5).join(' ')} n${id}.`;
  return {
    id,
    language,
    title: `${filler(random, vocabulary)} ${filler(random, vocabulary)}`,
    text: body,
    asked,
  };
}

/** `words` per post: 150 make about a kilobyte of Russian characters. */
export function makePosts(count: number, words: number, seed: number): Post[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, (_, at) => makePost(at + 1, random, words));
}
