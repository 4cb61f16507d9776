import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ClassifierModel } from '../../../src/understand/classifier/model.ts';
import { loadModel, saveModel } from '../../../src/understand/classifier/model-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'molva-model-'));
const file = join(folder, 'small.model');
const MODEL: ClassifierModel = {
  language: 'ru',
  version: 'abc',
  questions: [
    {
      name: 'post',
      answers: ['no', 'yes'],
      from: 0,
      blend: { linear: 1, network: 0.5, biases: [0, 0.1], fairness: [0, 1] },
      points: { label: 0.4, alert: 0.8, review: 0.1 },
    },
  ],
  words: { words: Uint32Array.of(5, 9), values: Int8Array.of(1, -1, 0, 3, 9, 0, 0, 127, -127, 5) },
  linear: {
    outputs: 2,
    bits: 2,
    weights: Int8Array.of(1, 2, 3, 4, 5, 6, 7, -8),
    scales: Float32Array.of(0.5, 0.25),
    biases: Float32Array.of(0.125, -1),
  },
  network: {
    filters: 1,
    dimensions: 2,
    rows: new Map([['слово', 1]]),
    table: Int8Array.of(0, 0, 0, 1, 2, 3),
    tableScale: 0.5,
    vectors: Int8Array.of(0, 0, 4, 5),
    vectorScale: 0.25,
    filterBiases: Float32Array.of(1),
    outputs: 2,
    heads: Float32Array.of(1, 2, 3, 4, 5, 6, 7, 8),
    headBiases: Float32Array.of(1, 2),
  },
};

beforeAll(() => saveModel(MODEL, file));
afterAll(() => rmSync(folder, { recursive: true }));

async function changed(name: string, change: (bytes: Buffer) => Buffer): Promise<string> {
  const other = join(folder, name);
  await writeFile(other, change(await readFile(file)));
  return other;
}

describe('the file of a model', () => {
  it('gives back what was saved', async () => {
    expect(await loadModel(file)).toEqual(MODEL);
  });

  it('is named when it is not there', async () => {
    await expect(loadModel(join(folder, 'none.model'))).rejects.toMatchObject({ code: 'no-model' });
  });

  it.each([
    ['cut', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('hello')],
  ])('is refused when it is %s, with the remedy', async (name, change) => {
    const other = await changed(name, change);
    await expect(loadModel(other)).rejects.toMatchObject({
      code: 'broken-model',
      message: expect.stringContaining('train anew'),
    });
  });
});
