import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { createNameLists, type NameLists } from './name-lists.ts';
import { LABELS, type SequenceWeights } from './sequence-weights.ts';

export interface EntityModels {
  ru: SequenceWeights;
  en: SequenceWeights;
  lists: NameLists;
}

interface Head {
  ru: { bits: number; moves: number[] };
  en: { bits: number; moves: number[] };
  firstNames: string;
  places: string;
}

const FILE = new URL('../../../models/entities.bin.gz', import.meta.url);
let models: EntityModels | null = null;

/** Read once, on first use. */
export function entityModels(): EntityModels {
  models ??= parseEntityModels(gunzipSync(readFileSync(FILE)));
  return models;
}

/** A line of JSON, then the weights of both models. */
export function formatEntityModels({ ru, en, lists }: EntityModels): Uint8Array {
  const head: Head = {
    ru: { bits: ru.bits, moves: [...ru.moves] },
    en: { bits: en.bits, moves: [...en.moves] },
    firstNames: lists.firstNames.join('\t'),
    places: lists.places.join('\t'),
  };
  return Buffer.concat([
    Buffer.from(`${JSON.stringify(head)}\n`),
    ...[ru, en].map(({ weights }) => Buffer.from(weights.buffer, weights.byteOffset, weights.byteLength)),
  ]);
}

export function parseEntityModels(bytes: Uint8Array): EntityModels {
  const lineEnd = bytes.indexOf(0x0a);
  const head = JSON.parse(Buffer.from(bytes.subarray(0, lineEnd)).toString()) as Head;
  let at = lineEnd + 1;
  const read = ({ bits, moves }: Head['ru']): SequenceWeights => {
    const size = 2 ** bits * LABELS;
    const weights = new Int8Array(Uint8Array.prototype.slice.call(bytes, at, at + size).buffer);
    at += size;
    return { bits, weights, moves: Float32Array.from(moves) };
  };
  const ru = read(head.ru);
  const en = read(head.en);
  return { ru, en, lists: createNameLists(head.firstNames.split('\t'), head.places.split('\t')) };
}
