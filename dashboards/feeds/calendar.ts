/** A moment at which something is due. */
export interface DueTime {
  /** Unique in the world, and always the same of the same thing. */
  uid: string;
  at: Date;
  /** When it was last told anew. */
  changedAt: Date;
  title: string;
  url: string;
}

export interface Calendar {
  name: string;
  /** Of the texts. */
  language: string;
  due: readonly DueTime[];
}

const OCTETS = 75;
/** As long as a due time is drawn in calendars. */
const SHOWN = 'PT15M';

// biome-ignore lint/suspicious/noControlCharactersInRegex: RFC 5545 (3.1) allows no other controls than the tabulator
const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f]/g;

/** RFC 5545, 3.3.11. */
function escapeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[\\;,]/g, '\\$&')
    .replace(/\r\n?|\n/g, '\\n')
    .replace(CONTROLS, '');
}

/** RFC 5545, 3.1: lines of at most 75 octets, cut between letters; what goes on begins with a blank. */
function fold(line: string): string {
  const lines: string[] = [];
  let own = '';
  let octets = 0;
  for (const letter of line) {
    const size = Buffer.byteLength(letter);
    if (octets + size > OCTETS) {
      lines.push(own);
      own = ' ';
      octets = 1;
    }
    own += letter;
    octets += size;
  }
  return [...lines, own].join('\r\n');
}

/** `20261122T090000Z` */
function utc(at: Date): string {
  return at.toISOString().replace(/[-:]|\.\d{3}/g, '');
}

function eventOf({ uid, at, changedAt, title, url }: DueTime): string[] {
  return [
    'BEGIN:VEVENT',
    `UID:${uid}`,
    `DTSTAMP:${utc(changedAt)}`,
    `DTSTART:${utc(at)}`,
    `DURATION:${SHOWN}`,
    `SUMMARY:${escapeText(title)}`,
    `URL:${url}`,
    'TRANSP:TRANSPARENT',
    'END:VEVENT',
  ];
}

/** RFC 5545, with the name and the pace of RFC 7986 and of the programs that are older than it. */
export function toICalendar({ name, language, due }: Calendar): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:-//Molva//Due times//${language.toUpperCase()}`,
    'CALSCALE:GREGORIAN',
    `NAME:${escapeText(name)}`,
    `X-WR-CALNAME:${escapeText(name)}`,
    'REFRESH-INTERVAL;VALUE=DURATION:PT15M',
    'X-PUBLISHED-TTL:PT15M',
    ...due.flatMap(eventOf),
    'END:VCALENDAR',
  ];
  return `${lines.map(fold).join('\r\n')}\r\n`;
}
