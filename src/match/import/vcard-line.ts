/** One property of a card, unfolded: `item1.TEL;TYPE=work:+7…`. */
export interface CardProperty {
  /** In capitals, without its group. */
  name: string;
  params: ReadonlyMap<string, string>;
  /** As it stands, not unescaped. */
  value: string;
}

const MAX_HEAD = 2000;

/** Where the value begins: the first colon outside quotes. */
function colonOf(text: string): number {
  let isQuoted = false;
  for (let at = 0; at < Math.min(text.length, MAX_HEAD); at += 1) {
    if (text[at] === '"') isQuoted = !isQuoted;
    else if (text[at] === ':' && !isQuoted) return at;
  }
  return -1;
}

/** 2.1 writes bare values: QUOTED-PRINTABLE, WORK. */
function readParam(text: string): [string, string] {
  const equals = text.indexOf('=');
  const bare = text.toUpperCase();
  if (equals === -1)
    return /^(?:QUOTED-PRINTABLE|BASE64|8BIT|7BIT)$/.test(bare) ? ['ENCODING', bare] : ['TYPE', bare];
  return [text.slice(0, equals).toUpperCase(), text.slice(equals + 1).replace(/^"|"$/g, '')];
}

/** null when it is none. */
export function readProperty(text: string): CardProperty | null {
  const colon = colonOf(text);
  if (colon <= 0) return null;
  const [head = '', ...params] = text.slice(0, colon).split(';');
  const name = head.slice(head.lastIndexOf('.') + 1).toUpperCase();
  return { name, params: new Map(params.map(readParam)), value: text.slice(colon + 1) };
}

function decodeBytes(bytes: Uint8Array, charset: string | undefined): string {
  try {
    return new TextDecoder(charset ?? 'utf-8').decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function quotedPrintable(text: string): Uint8Array {
  const parts = text.split('=');
  const chunks: Buffer[] = [Buffer.from(parts[0] ?? '')];
  for (const part of parts.slice(1)) {
    const isHex = /^[0-9a-f]{2}/i.test(part);
    if (isHex) chunks.push(Buffer.from(part.slice(0, 2), 'hex'), Buffer.from(part.slice(2)));
    else chunks.push(Buffer.from(`=${part}`));
  }
  return Buffer.concat(chunks);
}

/** The value as text, by its ENCODING and CHARSET; escapes stay. */
export function decodeValue({ params, value }: CardProperty): string {
  const encoding = params.get('ENCODING')?.toUpperCase();
  const charset = params.get('CHARSET');
  if (encoding === 'QUOTED-PRINTABLE') return decodeBytes(quotedPrintable(value), charset);
  if (encoding === 'B' || encoding === 'BASE64') return decodeBytes(Buffer.from(value, 'base64'), charset);
  return value;
}

/** Parts between signs that are not escaped. */
export function splitValue(value: string, by: ';' | ','): string[] {
  const parts: string[] = [];
  let from = 0;
  for (let at = 0; at <= value.length; at += 1) {
    if (value[at] === '\\') at += 1;
    else if (at === value.length || value[at] === by) {
      parts.push(unescapeValue(value.slice(from, at)));
      from = at + 1;
    }
  }
  if (from < value.length) parts.push(unescapeValue(value.slice(from)));
  return parts;
}

export function unescapeValue(value: string): string {
  return value.replace(/\\([\\;,:nN])/g, (_, sign: string) => (/n/i.test(sign) ? '\n' : sign)).trim();
}
