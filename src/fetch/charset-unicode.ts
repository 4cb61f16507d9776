const SAMPLE_BYTES = 4096;

function startsWith(bytes: Uint8Array, ...prefix: number[]): boolean {
  return prefix.every((byte, at) => bytes[at] === byte);
}

/** The charset that a byte order mark names. */
export function markedCharset(bytes: Uint8Array): string | undefined {
  if (startsWith(bytes, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(bytes, 0xff, 0xfe, 0, 0)) return 'utf-32le';
  if (startsWith(bytes, 0, 0, 0xfe, 0xff)) return 'utf-32be';
  if (startsWith(bytes, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(bytes, 0xfe, 0xff)) return 'utf-16be';
  return undefined;
}

/** How many zero bytes stand at each place of four. */
function zerosByPlace(bytes: Uint8Array): [number, number, number, number] {
  const zeros: [number, number, number, number] = [0, 0, 0, 0];
  for (const [at, byte] of bytes.subarray(0, SAMPLE_BYTES).entries())
    if (byte === 0) zeros[(at % 4) as 0 | 1 | 2 | 3] += 1;
  return zeros;
}

/** UTF-16 or UTF-32 without a mark: text in other charsets holds no zero bytes, and here they stand in rows. */
export function unmarkedUnicode(bytes: Uint8Array): string | undefined {
  const [first, second, third, fourth] = zerosByPlace(bytes);
  const quads = Math.min(SAMPLE_BYTES, bytes.length) / 4;
  if (third > quads * 0.9 && fourth > quads * 0.9 && first < quads / 2) return 'utf-32le';
  if (first > quads * 0.9 && second > quads * 0.9 && fourth < quads / 2) return 'utf-32be';
  const [even, odd] = [first + third, second + fourth];
  if (even + odd < Math.max(2, quads / 100)) return undefined;
  if (odd > even * 4) return 'utf-16le';
  return even > odd * 4 ? 'utf-16be' : undefined;
}

/** Seven-bit Japanese: escape sequences switch between ASCII and the tables of JIS. */
export function isIso2022Jp(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.subarray(0, 64 * 1024)).toString('latin1');
  const opens = head.includes('\u001b$B') || head.includes('\u001b$@');
  return opens && (head.includes('\u001b(B') || head.includes('\u001b(J'));
}
