import { promisify } from 'node:util';
import { brotliCompress, brotliDecompress, constants } from 'node:zlib';
import { sha256 } from '../lib/hash.ts';

const pack = promisify(brotliCompress);
const unpack = promisify(brotliDecompress);

/** Stored of one content: what would take more is cut, and the record says so. */
export const MOST_STORED = 2 * 2 ** 20;
/** Read of one content. */
const MOST_READ = 16 * 2 ** 20;
const QUALITY = 5;

/** A content, ready to be stored. */
export interface PackedContent {
  stored: Uint8Array;
  encoding: 'brotli' | 'identity';
  sha256: string;
  /** Bytes without the encoding. */
  size: number;
  /** Present when only the beginning is kept: of the whole. */
  cut?: { whole_size: number; whole_sha256: string };
}

async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  return pack(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } });
}

/** Packs what a page or text consists of. Of what does not fit into `most` bytes packed, as long a beginning as does. */
export async function packContent(bytes: Uint8Array, most: number = MOST_STORED): Promise<PackedContent> {
  let kept = bytes.subarray(0, MOST_READ);
  let stored = await packed(kept);
  while (stored.length > most) {
    kept = kept.subarray(0, Math.floor((kept.length * most) / stored.length / 1.05));
    stored = await packed(kept);
  }
  const whole = { stored, encoding: 'brotli' as const, sha256: sha256(kept), size: kept.length };
  if (kept.length === bytes.length) return whole;
  return { ...whole, cut: { whole_size: bytes.length, whole_sha256: sha256(bytes) } };
}

/** What is packed already, a picture, is stored as it is. */
export function asPacked(bytes: Uint8Array): PackedContent {
  return { stored: bytes, encoding: 'identity', sha256: sha256(bytes), size: bytes.length };
}

/** Throws when it is damaged. */
export async function unpackContent(
  stored: Uint8Array,
  encoding: PackedContent['encoding'],
): Promise<Uint8Array> {
  return encoding === 'identity' ? stored : unpack(stored, { maxOutputLength: MOST_READ });
}
