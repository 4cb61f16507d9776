import { randomBytes } from 'node:crypto';
import type { Sign } from '../../src/act/alerts/take-link.ts';
import { isSameProof } from '../../src/lib/same-proof.ts';

/** What nobody guesses: 256 bits. */
export function newToken(): string {
  return randomBytes(32).toString('base64url');
}

export const TOKEN = /^[\w-]{43}$/;

const textOf = (random: string, seconds: string): string => `shared report ${random} ${seconds}`;

/** A token that says itself until when it is good, signed: whoever changes the store cannot make it last longer. */
export function newReportToken(sign: Sign, expiresAt: Date): string {
  const random = newToken();
  const seconds = Math.floor(expiresAt.getTime() / 1000).toString(36);
  return `${random}.${seconds}.${sign(textOf(random, seconds))}`;
}

/** Is it one of ours, and good still? */
export function isReportToken(sign: Sign, token: string, now: Date): boolean {
  const [random = '', seconds = '', proof = ''] = token.split('.');
  if (!TOKEN.test(random) || !/^[0-9a-z]{1,9}$/.test(seconds)) return false;
  return (
    isSameProof(proof, sign(textOf(random, seconds))) && Number.parseInt(seconds, 36) * 1000 > now.getTime()
  );
}
