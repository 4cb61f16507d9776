/** First three letters of a month's name: Russian, English, Ukrainian, Belarusian. */
const MONTHS: Record<string, number> = {
  янв: 1,
  фев: 2,
  мар: 3,
  апр: 4,
  май: 5,
  мая: 5,
  мае: 5,
  июн: 6,
  июл: 7,
  авг: 8,
  сен: 9,
  окт: 10,
  ноя: 11,
  дек: 12,
  січ: 1,
  лют: 2,
  бер: 3,
  кві: 4,
  тра: 5,
  чер: 6,
  лип: 7,
  сер: 8,
  вер: 9,
  жов: 10,
  лис: 11,
  гру: 12,
  сту: 1,
  сак: 3,
  кра: 4,
  чэр: 6,
  ліп: 7,
  жні: 8,
  кас: 10,
  ліс: 11,
  сне: 12,
  jan: 1,
  feb: 2,
  mar: 3,
  apr: 4,
  may: 5,
  jun: 6,
  jul: 7,
  aug: 8,
  sep: 9,
  oct: 10,
  nov: 11,
  dec: 12,
};
/** What comes after the three letters in a month's name; keeps «марка» and "marble" out. */
const MONTH_WORD =
  /^(янв(ар[ья])?|фев(р(ал[ья])?)?|мар(та?)?|апр(ел[ья])?|ма[йяе]|ию[нл][ья]?|авг(уста?)?|сен(т(ябр[ья])?)?|окт(ябр[ья])?|ноя(б(р[ья])?)?|дек(абр[ья])?|січ(н[яі]|ень)?|лют(ого|ий|ы|ага|ому)?|бер(езн[яі]|езень)?|кві(т(н[яі]|ень)?)?|тра(в(н[яі]|ень)?)?|тра(ў(ня|ень)?)?|чер(вн[яі]|вень)?|лип(н[яі]|ень)?|сер(пн[яі]|пень)?|вер(есн[яі]|есень|асня|асень)?|жов(т(н[яі]|ень)?)?|лис(топада?)?|гру(д(н[яі]|ень)?)?|сту(дзен[ья])?|сак(авіка?)?|кра(савіка?)?|чэр(вен[ья])?|ліп(ен[ья])?|жні(ўня|вень)?|кас(трычніка?)?|ліс(тапада?)?|сне(ж(ня|ань)?)?|jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?|sept?(ember)?|oct(ober)?|nov(ember)?|dec(ember)?)$/;

/** 1 to 12, or undefined when the word (lower case) is no month. */
export function monthOf(word: string): number | undefined {
  return MONTH_WORD.test(word) ? MONTHS[word.slice(0, 3)] : undefined;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units of "… ago" by the beginning of the word, longest first; ms. */
const UNITS: readonly [RegExp, number][] = [
  [/^(с|сек|секунд[аыуи]?|s|secs?|seconds?)$/, 1000],
  [/^(м|мин|минут[аыу]?|хв|хвилин[аиу]?|хвілін[аыу]?|m|mins?|minutes?)$/, MINUTE],
  [/^(ч|час|часа|часов|часик|годин[аиу]?|гадзін[аыу]?|h|hrs?|hours?)$/, HOUR],
  [/^(д|дн|день|дня|дней|сутки|суток|дні|днів|дзень|дзен|d|days?)$/, DAY],
  [/^(нед|недел[яиюь]|тиждень|тижні|тижнів|тыдзень|тыдні|тыдняў|w|wks?|weeks?)$/, 7 * DAY],
  [/^(мес|месяц|месяца|месяцев|місяць|місяці|місяців|месяцы|месяцаў|mo|mos|months?)$/, 30 * DAY],
  [/^(г|год|года|лет|рік|роки|років|гады|гадоў|y|yrs?|years?)$/, 365 * DAY],
];

export function unitMs(word: string): number | undefined {
  return UNITS.find(([pattern]) => pattern.test(word))?.[1];
}

/** Days back from today. */
const DAY_WORDS: readonly [RegExp, number][] = [
  [/^(позавчера|позавчора|пазаўчора|заўчора)(?=[^а-яёіїўґє]|$)/, 2],
  [/^(вчера|вчора|учора|yesterday)(?=[^а-яёіїўґєa-z]|$)/, 1],
  [/^(сегодня|сьогодні|сення|today)(?=[^а-яёіїўґєa-z]|$)/, 0],
];

export function daysBack(text: string): number | undefined {
  return DAY_WORDS.find(([pattern]) => pattern.test(text))?.[1];
}

export const JUST_NOW =
  /^(только что|сейчас|менее минуты назад|меньше минуты назад|just now|now|moments? ago|a moment ago|less than a minute ago)$/;
export const AGO = /(?:^|\s)(?:назад|тому|таму|ago)$/;
/** Words that may stand in "about 2 hours and 5 minutes ago". */
export const AGO_FILLER =
  /^(a|an|one|about|around|over|and|ago|около|примерно|более|и|і|й|один|одну|адну|каля|близько|назад|тому|таму)$/;
export const HALF_HOUR = /полчаса|half an hour/;
/** Weekdays from Sunday, by their beginnings. */
const WEEKDAYS = [
  'вс|воскресень[ею]|sun(?:day)?',
  'пн|пнд|понедельник|mon(?:day)?',
  'вт|втр|вторник|tue(?:s|sday)?',
  'ср|срд|среда|среду|wed(?:nesday)?',
  'чт|чтв|четверг|thu(?:rs|rsday)?',
  'пт|птн|пятница|пятницу|fri(?:day)?',
  'сб|сбт|суббота|субботу|sat(?:urday)?',
];
const WEEKDAY_PATTERNS = WEEKDAYS.map(
  (names) => new RegExp(`^(?:во?\\s+)?(?:${names})(?=[^а-яёa-z]|$)\\.?,?\\s*`),
);

/** 0 (Sunday) to 6 and how many characters name it, when the text begins with a weekday. */
export function leadingWeekday(text: string): { day: number; length: number } | undefined {
  for (const [day, pattern] of WEEKDAY_PATTERNS.entries()) {
    const found = pattern.exec(text);
    if (found) return { day, length: found[0].length };
  }
  return undefined;
}
