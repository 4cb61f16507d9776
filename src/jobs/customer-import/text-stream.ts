import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { decodeText } from '../../fetch/charset.ts';

const SAMPLE = 64 * 1024;

/** From the first byte that ASCII does not have: what stands before it tells nothing. */
async function tellingBytes(path: string): Promise<Uint8Array> {
  const stream = createReadStream(path, { highWaterMark: SAMPLE });
  for await (const piece of stream) {
    const bytes = piece as Buffer;
    const at = bytes.findIndex((byte) => byte > 127);
    if (at === -1) continue;
    stream.destroy();
    return readBytes(path, Math.max(0, stream.bytesRead - bytes.length + at), SAMPLE);
  }
  return new Uint8Array();
}

/** Some bytes of a file. */
export async function readBytes(path: string, from: number, length: number): Promise<Uint8Array> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** By its mark or its zero bytes, else by the first letters that ASCII does not have: UTF-8, windows-1251 and what else there is. */
export async function charsetOf(path: string): Promise<string> {
  const start = await readBytes(path, 0, SAMPLE);
  const begun = decodeText(start, '').charset;
  if (/^utf-(?:16|32)/.test(begun)) return begun;
  return decodeText(await tellingBytes(path), '').charset;
}

/** A file's text, piece by piece. */
export async function* textOf(path: string, charset: string): AsyncGenerator<string> {
  const decoder = iconv.getDecoder(charset, { stripBOM: true });
  for await (const piece of createReadStream(path, { highWaterMark: SAMPLE }))
    yield decoder.write(piece as Buffer);
  yield decoder.end() ?? '';
}
