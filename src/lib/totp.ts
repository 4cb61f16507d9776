import { createHmac, randomBytes } from 'node:crypto';
import { isSameProof } from './same-proof.ts';

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const STEP_MS = 30_000;
const DIGITS = 6;
/** RFC 4226 asks for at least 128 bits and recommends 160. */
const SECRET_BYTES = 20;
/** Steps before and after the present one that count: clocks of telephones go wrong. */
const WINDOW = 1;

/** RFC 4648, without `=` at the end. */
export function toBase32(bytes: Uint8Array): string {
  let text = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xfff;
    bits += 8;
    for (; bits >= 5; bits -= 5) text += ALPHABET[(held >> (bits - 5)) & 31];
  }
  return bits > 0 ? text + ALPHABET[(held << (5 - bits)) & 31] : text;
}

/** RFC 4226: an HMAC-SHA-1 of the counter, cut to `digits` decimals; also of the other hashes that RFC 6238 names. */
export function hotp(
  secret: Uint8Array,
  counter: number,
  { digits = DIGITS, hash = 'sha1' }: { digits?: number; hash?: 'sha1' | 'sha256' | 'sha512' } = {},
): string {
  const message = Buffer.alloc(8);
  message.writeBigUInt64BE(BigInt(counter));
  const mac = createHmac(hash, secret).update(message).digest();
  const offset = (mac.at(-1) ?? 0) & 0xf;
  const number = mac.readUInt32BE(offset) & 0x7f_ff_ff_ff;
  return String(number % 10 ** digits).padStart(digits, '0');
}

/** RFC 6238: how many half minutes since 1970. */
export function stepAt(at: Date): number {
  return Math.floor(at.getTime() / STEP_MS);
}

/** The step whose code this is, near `now`; null for none. Whoever lets in must take each step once. */
export function matchingStep(secret: Uint8Array, code: string, now: Date): number | null {
  const present = stepAt(now);
  for (let step = present - WINDOW; step <= present + WINDOW; step += 1)
    if (step >= 0 && isSameProof(code, hotp(secret, step))) return step;
  return null;
}

export function newTotpSecret(): Buffer {
  return randomBytes(SECRET_BYTES);
}

/** What programs for codes read, from a picture or by a tap. */
export function otpauthUri(secret: Uint8Array, issuer: string, account: string): string {
  const label = `${encodeURIComponent(issuer)}:${encodeURIComponent(account)}`;
  return `otpauth://totp/${label}?secret=${toBase32(secret)}&issuer=${encodeURIComponent(issuer)}`;
}
