import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { z } from 'zod';
import { errorMessage, PermanentError } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { Adaptation, AdaptedPart } from '../../model/adaptation.ts';

/** Raised whenever the features or the form of the bytes change: numbers of another form mean nothing. */
const FORM = 1;
const LARGEST_PACKED = 8_000_000;
const LARGEST_UNPACKED = 64_000_000;
const MOST_BITS = 18;
/** Larger log-odds say no more. */
const LARGEST_ODDS = 100;

const partSchema = z.strictObject({
  model: z.enum(['opinion', 'towards']),
  language: z.string().regex(/^[a-z]{2,3}$/),
  base: z.string().min(1).max(64),
  questions: z
    .array(
      z.strictObject({
        name: z.enum(['tone', 'complaint', 'kind']),
        answers: z.number().int().min(2).max(20),
      }),
    )
    .min(1)
    .max(3),
  bits: z.number().int().min(1).max(MOST_BITS),
  rows: z.number().int().min(0),
});
const headerSchema = z.strictObject({ form: z.number(), parts: z.array(partSchema).max(20) });

function outputsOf(questions: AdaptedPart['questions']): number {
  return questions.reduce((sum, { answers }) => sum + answers, 0);
}

function bytesOf(part: Uint32Array | Int8Array | Float32Array): Uint8Array {
  return new Uint8Array(part.buffer, part.byteOffset, part.byteLength);
}

/** Brotli over: length of the header (4 bytes, little end first), the header as JSON, then rows, scales, biases, weights of each part. */
export function packAdaptation(parts: readonly AdaptedPart[]): Uint8Array {
  const header = {
    form: FORM,
    parts: parts.map(({ model, language, base, questions, bits, rows }) => ({
      model,
      language,
      base,
      questions,
      bits,
      rows: rows.length,
    })),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const numbers = parts.flatMap(({ rows, scales, biases, weights }) =>
    [rows, scales, biases, weights].map(bytesOf),
  );
  return brotliCompressSync(Buffer.concat([length, json, ...numbers]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 6 },
  });
}

/** Throws PermanentError `broken-adaptation` or `other-adaptation` (made by another version of Molva). */
export function unpackAdaptation(packed: Uint8Array): Adaptation {
  try {
    if (packed.byteLength > LARGEST_PACKED) throw new RangeError('it is too large');
    const bytes = brotliDecompressSync(packed, { maxOutputLength: LARGEST_UNPACKED });
    return { version: sha256(bytes).slice(0, 8), parts: readParts(bytes) };
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new PermanentError(
      'broken-adaptation',
      `what was learned from corrections cannot be read (${error instanceof z.ZodError ? 'its header is wrong' : errorMessage(error)}): train anew with molva model train`,
      error,
    );
  }
}

function readParts(bytes: Buffer): AdaptedPart[] {
  const end = 4 + bytes.readUInt32LE(0);
  const said = JSON.parse(bytes.toString('utf8', 4, end)) as { form?: unknown };
  if (said.form !== FORM)
    throw new PermanentError(
      'other-adaptation',
      `what was learned from corrections has form ${String(said.form)}, this program reads form ${FORM}: train anew with molva model train`,
    );
  let at = end;
  const take = (size: number): ArrayBuffer => {
    // A copy, since a view of numbers must begin at a multiple of their size.
    const part = Uint8Array.prototype.slice.call(bytes, at, at + size);
    if (part.byteLength !== size) throw new RangeError('it is cut short');
    at += size;
    return part.buffer as ArrayBuffer;
  };
  const parts = headerSchema.parse(said).parts.map(({ rows: count, ...part }): AdaptedPart => {
    const outputs = outputsOf(part.questions);
    const rows = new Uint32Array(take(4 * count));
    const scales = new Float32Array(take(4 * outputs));
    const biases = new Float32Array(take(4 * outputs));
    const weights = new Int8Array(take(count * outputs));
    const read = { ...part, rows, scales, biases, weights };
    checkNumbers(read);
    return read;
  });
  if (at !== bytes.length) throw new RangeError('it is longer than it says');
  return parts;
}

function checkNumbers({ bits, rows, scales, biases }: AdaptedPart): void {
  rows.forEach((row, at) => {
    if (row >= 2 ** bits || (at > 0 && row <= (rows[at - 1] as number)))
      throw new RangeError('its features are out of order');
  });
  for (const one of [...scales, ...biases])
    if (!(Math.abs(one) <= LARGEST_ODDS)) throw new RangeError('its numbers are out of range');
}
