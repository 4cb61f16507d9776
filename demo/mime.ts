import iconv from 'iconv-lite';

export interface ParsedMail {
  /** In the order in which they stand, unfolded and decoded. */
  headers: [name: string, value: string][];
  subject: string;
  from: string;
  to: string;
  text: string | null;
  html: string | null;
}

interface Part {
  headers: [string, string][];
  /** One character a byte. */
  body: string;
}

const MAX_DEPTH = 5;

/** Reads what mail programs send as text and HTML: multipart, quoted-printable, base64, encoded words. Attachments are passed over. */
export function parseMail(raw: Buffer): ParsedMail {
  const part = splitPart(raw.toString('latin1'));
  const headers = part.headers.map(([name, value]): [string, string] => [name, decodeWords(value)]);
  const read = (name: string) => headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
  const leaves = leavesOf(part, 0);
  const content = (type: string) => leaves.find((leaf) => typeOf(leaf).type === type);
  const [text, markup] = [content('text/plain'), content('text/html')];
  return {
    headers,
    subject: read('subject'),
    from: read('from'),
    to: read('to'),
    text: text ? contentOf(text) : null,
    html: markup ? contentOf(markup) : null,
  };
}

function splitPart(source: string): Part {
  const text = source.replace(/\r\n/g, '\n');
  const end = text.startsWith('\n') ? 0 : text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const headers = head
    .replace(/\n[ \t]+/g, ' ')
    .split('\n')
    .map((line) => /^([^:\s]+):\s*(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map((match): [string, string] => [match[1] ?? '', match[2] ?? '']);
  return { headers, body: end < 0 ? '' : text.slice(end).replace(/^\n{1,2}/, '') };
}

function headerOf(part: Part, name: string): string {
  return part.headers.find(([each]) => each.toLowerCase() === name)?.[1] ?? '';
}

function typeOf(part: Part): { type: string; boundary: string; charset: string } {
  const value = headerOf(part, 'content-type') || 'text/plain';
  const parameter = (name: string) =>
    new RegExp(`;\\s*${name}="?([^";]+)"?`, 'i').exec(value)?.[1]?.trim() ?? '';
  return {
    type: (value.split(';')[0] ?? '').trim().toLowerCase(),
    boundary: parameter('boundary'),
    charset: parameter('charset'),
  };
}

function leavesOf(part: Part, depth: number): Part[] {
  const { type, boundary } = typeOf(part);
  if (!type.startsWith('multipart/') || boundary === '' || depth >= MAX_DEPTH) return [part];
  const [inner] = `\n${part.body}`.split(`\n--${boundary}--`);
  const pieces = (inner ?? '').split(`\n--${boundary}\n`).slice(1);
  return pieces.flatMap((piece) => leavesOf(splitPart(piece), depth + 1));
}

function contentOf(part: Part): string {
  const encoding = headerOf(part, 'content-transfer-encoding').trim().toLowerCase();
  return toText(decodeBytes(part.body, encoding), typeOf(part).charset);
}

function decodeBytes(body: string, encoding: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding === 'quoted-printable')
    return quotedPrintable(body.replace(/[ \t]+$/gm, '').replace(/=\n/g, ''));
  return Buffer.from(body, 'latin1');
}

function quotedPrintable(text: string): Buffer {
  return Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  );
}

function toText(bytes: Buffer, charset: string): string {
  return iconv.decode(bytes, iconv.encodingExists(charset) ? charset : 'utf-8');
}

/** RFC 2047. Neighbours are joined as bytes first: some programs cut a letter in two. */
function decodeWords(value: string): string {
  return value.replace(/(?:=\?[^?\s]+\?[BQ]\?[^?]*\?=\s*)+/gi, (run) => {
    const words = [...run.matchAll(/=\?([^?*\s]+)[^?\s]*\?([BQ])\?([^?]*)\?=/gi)];
    const bytes = words.map(([, , kind, data]) =>
      kind?.toUpperCase() === 'B'
        ? Buffer.from(data ?? '', 'base64')
        : quotedPrintable((data ?? '').replaceAll('_', ' ')),
    );
    return toText(Buffer.concat(bytes), words[0]?.[1] ?? 'utf-8') + (/\s$/.test(run) ? ' ' : '');
  });
}
