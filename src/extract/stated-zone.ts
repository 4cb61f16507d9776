const STATEMENT =
  /(?:all times are|times? ?zone|the time (?:now )?is|часовой пояс|часовая зона|текущее время|время)[^<\n]{0,60}?(?:<[^>]{0,200}>)?[^<\n]{0,20}?(?:UTC|GMT|МСК|MSK)\s*(?:([+\-−–])\s*(\d{1,2})(?::?(\d\d))?)?/i;
const MOSCOW = 180;
const FARTHEST = 14 * 60;

/**
 * The zone in which a page says that its times are ("All times are UTC+03:00", «Часовой пояс: GMT +3»), in minutes east of
 * UTC; undefined when it says nothing. Forums say it at the foot of each page.
 */
export function statedZone(html: string): number | undefined {
  const found = STATEMENT.exec(html.slice(-200_000));
  if (!found) return undefined;
  const [statement, sign, hours, minutes] = found;
  const base = /МСК|MSK/i.test(statement) ? MOSCOW : 0;
  if (hours === undefined) return base;
  const offset = (Number(hours) * 60 + Number(minutes ?? 0)) * (sign === '+' ? 1 : -1);
  return Math.abs(base + offset) <= FARTHEST ? base + offset : undefined;
}
