import { promisify } from 'node:util';
import zlib from 'node:zlib';
import { PermanentError } from '../lib/errors.ts';

type Decoder = (data: Uint8Array, options: { maxOutputLength: number }) => Promise<Uint8Array>;

/** Absent in Node 20 and early 22. */
const { zstdDecompress } = zlib as unknown as { zstdDecompress?: typeof zlib.gunzip };

const inflate: Decoder = promisify(zlib.inflate);
const inflateRaw: Decoder = promisify(zlib.inflateRaw);
const gunzip: Decoder = promisify(zlib.gunzip);

/** "deflate" is a zlib stream by the standard and a raw one from some servers: the low nibble 8 tells them apart. */
const inflateEither: Decoder = (data, options) =>
  ((data[0] ?? 0) & 0x0f) === 8 ? inflate(data, options) : inflateRaw(data, options);

const DECODERS: Record<string, Decoder> = {
  gzip: gunzip,
  'x-gzip': gunzip,
  deflate: inflateEither,
  br: promisify(zlib.brotliDecompress),
  ...(zstdDecompress ? { zstd: promisify(zstdDecompress) as Decoder } : {}),
};

export const ACCEPT_ENCODING = zstdDecompress ? 'gzip, deflate, br, zstd' : 'gzip, deflate, br';

/** More layers than this are an attack, not an economy. */
const MAX_LAYERS = 3;

export function tooLarge(maxBytes: number): PermanentError {
  const limit = maxBytes >= 2 ** 20 ? `${Math.round(maxBytes / 2 ** 20)} MiB` : `${maxBytes} bytes`;
  return new PermanentError(
    'too-large',
    `The answer is larger than ${limit}: choose a smaller page or feed.`,
  );
}

async function undoLayer(data: Uint8Array, coding: string, maxBytes: number): Promise<Uint8Array> {
  const decode = DECODERS[coding];
  if (!decode)
    throw new PermanentError(
      'broken-answer',
      `The server packed its answer as "${coding.slice(0, 40)}", which we did not ask for.`,
    );
  try {
    return await decode(data, { maxOutputLength: maxBytes });
  } catch (error) {
    if ((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new PermanentError(
      'broken-answer',
      `The server's ${coding} packing is damaged: its owner must repair it.`,
      error,
    );
  }
}

/**
 * Undoes a Content-Encoding header. No layer may unpack to more than `maxBytes`.
 * @throws PermanentError `too-large`, `broken-answer`
 */
export async function decodeContent(
  data: Uint8Array,
  header: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const codings = (header ?? '')
    .toLowerCase()
    .split(',')
    .map((part) => part.trim());
  const layers = codings.filter((coding) => coding !== '' && coding !== 'identity');
  if (data.length === 0) return data;
  if (layers.length > MAX_LAYERS)
    throw new PermanentError('broken-answer', 'The server packed its answer too many times over.');
  let decoded = data;
  for (const coding of layers.reverse()) decoded = await undoLayer(decoded, coding, maxBytes);
  return decoded;
}
