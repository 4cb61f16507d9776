import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { AdaptedPart } from '../../../src/model/adaptation.ts';
import { packAdaptation, unpackAdaptation } from '../../../src/understand/adapt/adaptation-file.ts';

const PART: AdaptedPart = {
  model: 'opinion',
  language: 'ru',
  base: 'abc',
  questions: [{ name: 'complaint', answers: 2 }],
  bits: 4,
  rows: Uint32Array.of(3, 15),
  weights: Int8Array.of(1, -1, 127, -127),
  scales: Float32Array.of(0.5, 0.25),
  biases: Float32Array.of(0.125, -1),
};

const QUICKLY = { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } };

const repacked = (change: (bytes: Buffer) => Buffer) => () =>
  brotliCompressSync(change(brotliDecompressSync(packAdaptation([PART]))));
/** The header as `change` makes it, over the same numbers. */
const withHeader = (change: (header: { form: number; parts: object[] }) => unknown) =>
  repacked((bytes) => {
    const end = 4 + bytes.readUInt32LE(0);
    const json = Buffer.from(JSON.stringify(change(JSON.parse(bytes.toString('utf8', 4, end)))));
    const length = Buffer.alloc(4);
    length.writeUInt32LE(json.length);
    return Buffer.concat([length, json, bytes.subarray(end)]);
  });
const withPart = (changes: object) =>
  withHeader(({ form, parts }) => ({
    form,
    parts: [Object.assign(parts[0] as object, changes)],
  }));

describe('the bytes of what was learned', () => {
  it('give back what was packed, of one and of no part', () => {
    expect(unpackAdaptation(packAdaptation([PART])).parts).toEqual([PART]);
    expect(unpackAdaptation(packAdaptation([])).parts).toEqual([]);
  });

  it('have a version that follows from the numbers', () => {
    const version = (part: AdaptedPart) => unpackAdaptation(packAdaptation([part])).version;
    expect(version(PART)).toBe(version({ ...PART }));
    expect(version({ ...PART, biases: Float32Array.of(0.125, -2) })).not.toBe(version(PART));
  });

  it.each<[string, () => Uint8Array]>([
    ['nothing', () => new Uint8Array()],
    ['something else', () => Buffer.from('hello')],
    ['cut', () => packAdaptation([PART]).subarray(0, 40)],
    ['a bomb', () => brotliCompressSync(Buffer.alloc(100_000_000), QUICKLY)],
    ['huge', () => new Uint8Array(9_000_000)],
    [
      'of a length that is a lie',
      repacked((bytes) => Buffer.concat([Buffer.alloc(4, 255), bytes.subarray(4)])),
    ],
    ['without its end', repacked((bytes) => bytes.subarray(0, -1))],
    ['with more behind its end', repacked((bytes) => Buffer.concat([bytes, Buffer.alloc(1)]))],
    ['of more rows than there are', withPart({ rows: 2 ** 31 })],
    ['of half a row', withPart({ rows: 0.5 })],
    ['of fewer bits than its rows have', withPart({ bits: 2 })],
    ['of more bits than memory has', withPart({ bits: 32 })],
    ['of no question', withPart({ questions: [] })],
    ['of another question', withPart({ questions: [{ name: 'weather', answers: 2 }] })],
    ['of a field that is not known', withPart({ constructor: 1 })],
    ['null', withHeader(() => null)],
    ['out of order', () => packAdaptation([{ ...PART, rows: Uint32Array.of(15, 3) }])],
    ['not a number', () => packAdaptation([{ ...PART, scales: Float32Array.of(Number.NaN, 1) }])],
    ['endless', () => packAdaptation([{ ...PART, biases: Float32Array.of(Number.POSITIVE_INFINITY, 1) }])],
  ])('are refused when they are %s, with the remedy', (_, bytes) => {
    expect(() => unpackAdaptation(bytes())).toThrow(
      expect.objectContaining({ code: 'broken-adaptation', message: expect.stringContaining('model train') }),
    );
  });

  it('are refused by their name when they are of another form', () => {
    const other = withHeader((header) => ({ ...header, form: 99 }));
    expect(() => unpackAdaptation(other())).toThrow(expect.objectContaining({ code: 'other-adaptation' }));
  });
});
