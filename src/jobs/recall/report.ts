import { readPastedAddress } from '../../extract/pasted-address.ts';
import { bareLetters } from '../../lib/bare-letters.ts';
import { sameAddressKey } from '../../lib/canonical-url.ts';
import { InputError } from '../../lib/errors.ts';
import { sha256 } from '../../lib/hash.ts';
import type { SourceId } from '../../model/ids.ts';
import type { JobDeps } from '../deps.ts';

/** What tracing works with. */
export type TraceDeps = Pick<
  JobDeps,
  'db' | 'clock' | 'fetchFor' | 'read' | 'resources' | 'topics' | 'retention'
>;

/** What is said to have been missed. */
export interface MissReport {
  /** Absolute, with its fragment; null when only words are known. */
  address: string | null;
  /** What may be asked when the first cannot be reached: an address that was pasted without a scheme. */
  otherAddress: string | null;
  /** Words of the post, as they were pasted; null when only the address is known. */
  text: string | null;
  /** Key of the topic that should have caught it; null: any. */
  topic: string | null;
  /** A planted canary: it belongs to this source, and being stored is enough. */
  canaryOf: SourceId | null;
}

/** What people send. */
export interface PastedReport {
  address: string;
  text: string;
  topic: string | null;
}

export const MAX_REPORT_TEXT = 20_000;
const LEAST_LETTERS = 3;
/** Of what people paste, only line breaks and tabs may stay. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Several addresses of the same miss, and several pastes of the same words, have one key. */
export function reportKey({ address, text }: Pick<MissReport, 'address' | 'text'>): string {
  return sha256(address === null ? `text ${bareLetters(text ?? '')}` : `address ${sameAddressKey(address)}`);
}

function cleaned(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(CONTROL, '').trim().toWellFormed();
}

/** Forums name the post in the fragment, which a source's address has no use for. */
function withFragment(address: string, pasted: string): string {
  const [, fragment] = /#([^\s<>"'«»]{1,200})/.exec(pasted) ?? [];
  const url = new URL(address);
  if (fragment !== undefined) url.hash = fragment;
  return url.href;
}

/** @throws InputError whose `at` is `address` or `text` */
export function readReport({ address: pasted, text: words, topic }: PastedReport): MissReport {
  const text = cleaned(words);
  if (text.length > MAX_REPORT_TEXT)
    throw new InputError([{ at: 'text', message: `the text is longer than ${MAX_REPORT_TEXT} characters` }]);
  if (pasted.trim() === '') {
    if (bareLetters(text).length < LEAST_LETTERS)
      throw new InputError([{ at: 'nothing', message: 'paste the address of the post, or its words' }]);
    return { address: null, otherAddress: null, text, topic, canaryOf: null };
  }
  const [address = '', other] = readPastedAddress(pasted);
  return {
    address: withFragment(address, pasted),
    otherAddress: other === undefined ? null : withFragment(other, pasted),
    text: bareLetters(text) === '' ? null : text,
    topic,
    canaryOf: null,
  };
}
