const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** A length of time: months are counted on the calendar, the rest in ms. */
interface Span {
  months: number;
  ms: number;
}

const month = (count: number): Span => ({ months: count, ms: 0 });
const ms = (count: number): Span => ({ months: 0, ms: count });

/** Units in English, Russian, Ukrainian and Belarusian, whole words. */
const UNITS: readonly [string, Span][] = [
  ['s|secs?|seconds?|сек|секунд[аыуи]?|с', ms(SECOND)],
  ['m|mins?|minutes?|мин|минут[аыу]?|хв|хвилин[аиу]?|хвілін[аыу]?', ms(MINUTE)],
  ['h|hrs?|hours?|ч|час|часа|часов|годин[аиу]?|гадзін[аыу]?', ms(HOUR)],
  ['d|days?|дн|день|дня|дней|сутки|суток|дні|днів|дзень|дзён', ms(DAY)],
  ['w|wks?|weeks?|нед|недел[яиюь]|тиждень|тижні|тижнів|тижня|тыдзень|тыдні|тыдняў|тыдня', ms(7 * DAY)],
  ['mo|mos|months?|мес|месяц|месяца|месяцев|місяць|місяця|місяці|місяців|месяцы|месяцаў', month(1)],
  ['y|yrs?|years?|год|года|лет|рік|року|роки|років|гады|гадоў', month(12)],
  ['decades?|десятилети[еяй]|десятиліття|дзесяцігоддз[еяў]', month(120)],
];
const UNIT_PATTERNS = UNITS.map(([words, span]) => ({ pattern: new RegExp(`^(?:${words})$`), span }));
const UNIT = UNITS.map(([words]) => words)
  .join('|')
  .split('|')
  .sort((one, other) => other.length - one.length)
  .join('|');

const COUNTS: Record<string, number> = {
  a: 1,
  an: 1,
  half: 0.5,
  пів: 0.5,
  fifteen: 15,
  пятнадцать: 15,
  twenty: 20,
  двадцать: 20,
  двадцять: 20,
  thirty: 30,
  тридцать: 30,
  тридцять: 30,
  forty: 40,
  сорок: 40,
  полтора: 1.5,
};
const COUNT_WORDS: readonly string[] = [
  'one|один|одну|одна|одно|адзін|адну',
  'two|два|две|дві|дзве|couple|пару',
  'three|три|тры',
  'four|четыре|чотири|чатыры',
  "five|пять|п'ять|п’ять|пяць",
  'six|шесть|шість|шэсць',
  'seven|семь|сім|сем',
  'eight|восемь|вісім|восем',
  "nine|девять|дев'ять|дев’ять|дзевяць",
  'ten|десять|дзесяць',
  'eleven|одиннадцать|одинадцять|адзінаццаць',
  'twelve|двенадцать|дванадцять|дванаццаць',
];
for (const [at, words] of COUNT_WORDS.entries()) for (const word of words.split('|')) COUNTS[word] = at + 1;
const DIGITS = '\\d{1,6}(?:[.,]\\d{1,2})?';
const WORDS = Object.keys(COUNTS).join('|');
const UNIT_END = '(?![a-zа-яёіїєґў])\\.?';

/** A word before a unit without a number is a number that we do not know. */
const NO_COUNT = '(?<![a-zа-яёіїєґў]\\s)';
const ONE = `(?<![a-zа-яёіїєґў])(?:([+-])\\s*)?(?:(${DIGITS})\\s*|(${WORDS})\\s+(?:an?\\s+)?|${NO_COUNT})(${UNIT})${UNIT_END}`;
const GLUE = '(?:[\\s,]*(?:(?:and|и|і|й|та)\\s+)?)';
const NEXT = `${GLUE}(?:[+-]\\s*)?(?:${DIGITS}\\s*|(?:${WORDS})\\s+)(?:${UNIT})${UNIT_END}`;
const MANY = `${ONE}(?:${NEXT}){0,8}`;
const START = '(?:^|(?<=[\\s(«"\',:]))';
const ABOUT = '(?:about|around|approximately|около|примерно|приблизно|близько|каля|прыкладна)?\\s*';
const BACK = new RegExp(
  `${START}${ABOUT}(${MANY})\\s*(?:ago|earlier|before now|back|назад|т[оа]му(?:\\s+назад)?)(?![a-zа-яёіїєґў])`,
);
const AHEAD_AFTER = new RegExp(
  `${START}${ABOUT}(${MANY})\\s*(?:later|from now|hence|спустя|пізніше|позже)(?![a-zа-яёіїєґў])`,
);
const AHEAD_BEFORE = new RegExp(`${START}(?:in|within|через|за|праз|now\\s*\\+|\\+)\\s*${ABOUT}(${MANY})`);
const BACK_FROM_NOW = new RegExp(`${START}now\\s*-\\s*(${MANY})`);
/** As social networks abbreviate ages: «3 min», «15 hr». */
const SHORT_AGE = /^\d{1,3}\s*(?:secs?|mins?|hrs?)$/;
/** «1 year 2 months» and nothing else: an age. Days and hours alone are a duration. */
const AGE = new RegExp(`^(${MANY})$`);
const PARTS = new RegExp(ONE, 'g');

function readSpan(text: string): Span {
  const total = { months: 0, ms: 0 };
  for (const [, sign, digits, word = '', unit = ''] of text.matchAll(PARTS)) {
    const span = UNIT_PATTERNS.find(({ pattern }) => pattern.test(unit))?.span;
    const count = digits === undefined ? (COUNTS[word] ?? 1) : Number(digits.replace(',', '.'));
    const signed = sign === '-' ? -count : count;
    total.months += (span?.months ?? 0) * signed;
    total.ms += (span?.ms ?? 0) * signed;
  }
  return total;
}

function move(now: Date, { months, ms: time }: Span, direction: 1 | -1): Date {
  const moved = new Date(now);
  const day = moved.getUTCDate();
  moved.setUTCMonth(moved.getUTCMonth() + Math.trunc(months) * direction);
  // The 31st of February is its last day.
  if (moved.getUTCDate() !== day) moved.setUTCDate(0);
  return new Date(moved.getTime() + time * direction);
}

const DIRECTIONS: readonly [RegExp, 1 | -1][] = [
  [BACK, -1],
  [BACK_FROM_NOW, -1],
  [AHEAD_AFTER, 1],
  [AHEAD_BEFORE, 1],
];

/** «2 часа назад», "in 1 year 2 months", "1 year 2 months" (an age) in lower-case text, counted from `now`. */
export function findDuration(text: string, now: Date): Date | undefined {
  for (const [pattern, direction] of DIRECTIONS) {
    const words = pattern.exec(text)?.[1];
    if (words !== undefined) return move(now, readSpan(words), direction);
  }
  const age = AGE.exec(text)?.[1];
  const span = age === undefined || !/\d/.test(age) ? undefined : readSpan(age);
  const isAge = span !== undefined && (span.months !== 0 || SHORT_AGE.test(text));
  return isAge ? move(now, span, -1) : undefined;
}
