import iconv from 'iconv-lite';
import { guessCharset, guessCyrillic, isContradicted } from './charset-guess.ts';
import { headerCharset, iconvName, inlineCharset } from './charset-label.ts';
import { isIso2022Jp, markedCharset, unmarkedUnicode } from './charset-unicode.ts';

export interface DecodedText {
  text: string;
  /** Lower-case name of the charset that was used. */
  charset: string;
}

const SINGLE_BYTE = /^(windows-|us-ascii|iso-?8859|koi8|ibm8|x-mac|mac)/;
/** So many multi-byte sequences do not come about by chance in a single-byte charset. */
const TELLING_SEQUENCES = 3;
const CUT = '\ufffd';

function decodeAs(bytes: Uint8Array, charset: string): DecodedText {
  if (charset === 'iso-2022-jp') return { text: new TextDecoder(charset).decode(bytes), charset };
  const text = iconv.decode(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), iconvName(charset));
  return { text: text.replace(/^\ufeff/, ''), charset };
}

interface Utf8Reading extends DecodedText {
  /** Characters above 127 that were read. */
  wide: number;
  /** Places where the bytes are no UTF-8. */
  broken: number;
}

function readUtf8(bytes: Uint8Array): Utf8Reading {
  const text = new TextDecoder('utf-8').decode(bytes);
  let wide = 0;
  let broken = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text.charCodeAt(at) > 127) wide += 1;
    if (text[at] === CUT) broken += 1;
  }
  return { text, charset: 'utf-8', wide: wide - broken, broken };
}

/** Text cut in the middle of a letter, or one foreign byte, does not make a page something else than UTF-8. */
function isNearlyUtf8(reading: Utf8Reading): boolean {
  return reading.broken === 0 || reading.broken * 10 < reading.wide;
}

function isBelievable(
  bytes: Uint8Array,
  charset: string,
  utf8: Utf8Reading,
  guess: () => string | undefined,
): boolean {
  if (charset === 'utf-8') return isNearlyUtf8(utf8);
  if (!SINGLE_BYTE.test(charset)) return true;
  if (utf8.broken === 0) return utf8.wide < TELLING_SEQUENCES;
  const better = guess();
  return better === undefined || !isContradicted(bytes, charset, better);
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Text types of XML without a charset are ASCII by their registration; said only where it is true. */
const TEXT_XML = /^\s*text\/(?:[\w.-]+\+)?xml/i;

function isPlainAscii(utf8: Utf8Reading): boolean {
  return utf8.wide === 0 && utf8.broken === 0;
}

function decode(bytes: Uint8Array, contentType: string): DecodedText {
  const unicode = markedCharset(bytes) ?? unmarkedUnicode(bytes);
  if (unicode !== undefined) return decodeAs(bytes, unicode);
  const utf8 = readUtf8(bytes);
  const header = headerCharset(contentType);
  if (header === undefined && TEXT_XML.test(contentType) && isPlainAscii(utf8) && !isIso2022Jp(bytes))
    return { text: utf8.text, charset: 'us-ascii' };
  const guess = once(() => guessCyrillic(bytes));
  for (const declared of [header, inlineCharset(bytes)]) {
    if (declared === undefined || !isBelievable(bytes, declared, utf8, guess)) continue;
    return declared === 'utf-8' ? { text: utf8.text, charset: 'utf-8' } : decodeAs(bytes, declared);
  }
  if (isIso2022Jp(bytes)) return decodeAs(bytes, 'iso-2022-jp');
  return isNearlyUtf8(utf8) ? { text: utf8.text, charset: 'utf-8' } : decodeAs(bytes, guessCharset(bytes));
}

/**
 * Bytes to text: byte order mark, zero bytes of UTF-16, header, XML declaration or `meta`, UTF-8, a guess, else
 * windows-1252. A declaration that the bytes plainly contradict is passed over. Never throws.
 */
export function decodeText(bytes: Uint8Array, contentType: string): DecodedText {
  try {
    return decode(bytes, contentType);
  } catch {
    return decodeAs(bytes, 'windows-1252');
  }
}
