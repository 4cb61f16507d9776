import { load } from 'cheerio/slim';

const ENTITY = /&(?:#(\d{1,8})|#[xX]([\da-fA-F]{1,8})|([a-zA-Z][a-zA-Z\d]{1,31}));?/g;
/** What browsers show for the numbers 128 to 159, which are windows-1252 by mistake. */
const WINDOWS = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const CONTROLS = /[\u0080-\u009f]/g;

/** HTML knows 2,231 names. Junk beyond that is not worth remembering, nor looking up for ever. */
const MAX_NAMES = 4000;
const NAMES = new Map<string, string>();

/** `&name;` or, for the old names, `&name`: the characters, or the text itself when there is none by that name. */
function named(entity: string): string {
  const known = NAMES.get(entity);
  if (known !== undefined) return known;
  if (NAMES.size >= MAX_NAMES) return entity;
  const decoded = load(entity).root().text();
  NAMES.set(entity, decoded);
  return decoded;
}

function numbered(code: number): string {
  if (code === 0 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000)) return '\ufffd';
  return fromWindows(String.fromCodePoint(code));
}

function decodeEntity(entity: string, decimal?: string, hex?: string): string {
  if (decimal !== undefined) return numbered(Number.parseInt(decimal, 10));
  return hex === undefined ? named(entity) : numbered(Number.parseInt(hex, 16));
}

/** Control characters that were meant as windows-1252 (curly quotes and dashes), as what was meant. */
export function fromWindows(text: string): string {
  return text.replace(CONTROLS, (char) => WINDOWS[char.charCodeAt(0) - 128] ?? char);
}

/** HTML entities, named and numeric, as their characters; what is no entity stays. Time grows with the length alone. */
export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(ENTITY, decodeEntity) : text;
}

const OF_XML: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text as HTML. */
export function escapeText(text: string): string {
  return text.replace(/[&<>]/g, (char) => OF_XML[char] ?? char);
}
