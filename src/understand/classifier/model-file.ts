import { readFile, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { errorMessage, PermanentError } from '../../lib/errors.ts';
import type { ClassifierModel, Question } from './model.ts';
import type { NetworkWeights } from './network.ts';

/** Raised whenever the features or the form of the file change: weights of another form mean nothing. */
const FORM = 6;

interface Header {
  form: number;
  language: string;
  version: string;
  questions: readonly Question[];
  linear: { outputs: number; bits: number };
  network: {
    filters: number;
    dimensions: number;
    outputs: number;
    tableScale: number;
    vectorScale: number;
    lemmas: readonly string[];
  } | null;
  /** Bytes of each part, in the order of `partsOf`. */
  sizes: readonly number[];
}

const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

function partsOf({ words, linear, network }: ClassifierModel): Uint8Array[] {
  const parts = [
    words.words,
    words.values,
    linear.weights,
    linear.scales,
    linear.biases,
    ...(network
      ? [network.table, network.vectors, network.filterBiases, network.heads, network.headBiases]
      : []),
  ];
  return parts.map((part) => new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
}

/** Brotli over: length of the header (4 bytes, little end first), the header as JSON, the parts. */
export async function saveModel(model: ClassifierModel, file: string | URL): Promise<number> {
  const { language, version, questions, linear, network } = model;
  const parts = partsOf(model);
  const header: Header = {
    form: FORM,
    language,
    version,
    questions,
    linear: { outputs: linear.outputs, bits: linear.bits },
    network: network && describe(network),
    sizes: parts.map((part) => part.byteLength),
  };
  const json = Buffer.from(JSON.stringify(header));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(json.length);
  const packed = await compress(Buffer.concat([length, json, ...parts]), {
    params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 },
  });
  await writeFile(file, packed);
  return packed.length;
}

function describe(network: NetworkWeights): Header['network'] {
  const { filters, dimensions, outputs, tableScale, vectorScale } = network;
  const lemmas = [...network.rows].sort(([, one], [, two]) => one - two).map(([lemma]) => lemma);
  return { filters, dimensions, outputs, tableScale, vectorScale, lemmas };
}

/** Throws PermanentError `no-model`, `broken-model`, `other-model` (made by another version of Molva). */
export async function loadModel(file: string | URL): Promise<ClassifierModel> {
  const packed = await readFile(file).catch((error: unknown) => {
    throw new PermanentError('no-model', `cannot read the model ${file}: ${errorMessage(error)}`, error);
  });
  try {
    return unpack(await decompress(packed));
  } catch (error) {
    if (error instanceof PermanentError) throw error;
    throw new PermanentError(
      'broken-model',
      `${file} is no model of Molva (${errorMessage(error)}): put back the file that came with the program, or train anew.`,
      error,
    );
  }
}

function unpack(bytes: Buffer): ClassifierModel {
  const end = 4 + bytes.readUInt32LE(0);
  const header = JSON.parse(bytes.toString('utf8', 4, end)) as Header;
  if (header.form !== FORM)
    throw new PermanentError(
      'other-model',
      `The model has form ${header.form}, this program reads form ${FORM}: train it anew with this program.`,
    );
  let at = end;
  const parts = header.sizes.map((size) => {
    // A copy, since a view of numbers must begin at a multiple of their size.
    const part = Uint8Array.prototype.slice.call(bytes, at, at + size);
    if (part.byteLength !== size) throw new RangeError('it is cut short');
    at += size;
    return part.buffer as ArrayBuffer;
  });
  const part = (number: number): ArrayBuffer => parts[number] ?? new ArrayBuffer(0);
  return {
    language: header.language,
    version: header.version,
    questions: header.questions,
    words: { words: new Uint32Array(part(0)), values: new Int8Array(part(1)) },
    linear: {
      ...header.linear,
      weights: new Int8Array(part(2)),
      scales: new Float32Array(part(3)),
      biases: new Float32Array(part(4)),
    },
    network: header.network && readNetwork(header.network, part),
  };
}

function readNetwork(
  { lemmas, ...network }: NonNullable<Header['network']>,
  part: (number: number) => ArrayBuffer,
): NetworkWeights {
  return {
    ...network,
    rows: new Map(lemmas.map((lemma, row) => [lemma, row + 1])),
    table: new Int8Array(part(5)),
    vectors: new Int8Array(part(6)),
    filterBiases: new Float32Array(part(7)),
    heads: new Float32Array(part(8)),
    headBiases: new Float32Array(part(9)),
  };
}
