/** Zone names of RFC 822 and its Russian habit; JavaScript knows the American ones and GMT. */
const ZONES: Record<string, string> = {
  UT: '+0000',
  MSK: '+0300',
  MSD: '+0400',
  CET: '+0100',
  CEST: '+0200',
  EET: '+0200',
  EEST: '+0300',
  BST: '+0100',
  Z: '+0000',
};
const MONTHS: Record<string, string> = {
  янв: 'Jan',
  фев: 'Feb',
  мар: 'Mar',
  апр: 'Apr',
  май: 'May',
  мая: 'May',
  июн: 'Jun',
  июл: 'Jul',
  авг: 'Aug',
  сен: 'Sep',
  окт: 'Oct',
  ноя: 'Nov',
  дек: 'Dec',
};
const RUSSIAN_MONTH = new RegExp(`(${Object.keys(MONTHS).join('|')})[а-я]*\\.?`, 'i');
const FIRST_YEAR = 1970;

/** W3C date-times as feeds write them: a blank or nothing before the zone, hours without minutes, compact dates. */
function asIso(text: string): string | undefined {
  const found =
    /^(\d{4})-?(\d{2})?-?(\d{2})?(?:[T ](\d{1,2})(?::?(\d{2}))?(?::?(\d{2})(?:[.,]\d+)?)?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    );
  if (!found) return undefined;
  const [, year, month = '01', day = '01', hour = '00', minute = '00', second = '00', zone = 'Z'] = found;
  const offset = /^[a-z]/i.test(zone) ? 'Z' : zone.replace(/(\d{2}):?(\d{2})$/, '$1:$2');
  return `${year}-${month}-${day}T${hour.padStart(2, '0')}:${minute}:${second}${offset}`;
}

/** RFC 822 as feeds write it: any weekday or none, Russian months, odd zones, a comma too many. */
function asRfc822(text: string): string {
  const western = text
    .replace(/^[^\d,]{2,12},?\s+(?=\d)/, '')
    .replace(RUSSIAN_MONTH, (_whole, month: string) => MONTHS[month.toLowerCase()] ?? '');
  const zoned = western.replace(/\b([A-Z]{1,4})$/i, (zone) => ZONES[zone.toUpperCase()] ?? zone);
  return /([+-]\d{2}:?\d{2}|[A-Z]{3})$/.test(zoned) ? zoned : `${zoned} GMT`;
}

/** The date of a feed entry; undefined when it cannot be read. A date in the future becomes `now`. */
export function readFeedDate(text: string, now: Date): Date | undefined {
  const trimmed = text.trim().slice(0, 100);
  for (const candidate of [asIso(trimmed), asRfc822(trimmed), trimmed]) {
    const date = new Date(candidate ?? Number.NaN);
    if (!Number.isNaN(date.getTime()) && date.getUTCFullYear() >= FIRST_YEAR)
      return date > now ? new Date(now) : date;
  }
  return undefined;
}
