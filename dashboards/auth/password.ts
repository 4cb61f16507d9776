import { randomBytes, scrypt as scryptCallback, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { isCommonPassword } from './common-password.ts';

/** OWASP's recommendation for scrypt: N = 2^17, r = 8, p = 1; 128 MB and about 0.3 s a try. */
const PARAMETERS = { N: 2 ** 17, r: 8, p: 1 };
const KEY_BYTES = 32;
const MAX_MEMORY = 256 * 1024 * 1024;

const MIN_PASSWORD = 12;
/** Longer ones are refused rather than cut. */
export const MAX_PASSWORD = 256;
export const newPasswordSchema = z
  .string()
  .min(MIN_PASSWORD)
  .max(MAX_PASSWORD)
  .refine((password) => !isCommonPassword(password));

/**
 * Nobody's hash, which no password fits: a wrong address takes as long as a wrong password, so that what exists cannot
 * be told from the clock.
 */
export const NOBODY = [
  'scrypt',
  PARAMETERS.N,
  PARAMETERS.r,
  PARAMETERS.p,
  Buffer.alloc(16).toString('base64url'),
  Buffer.alloc(KEY_BYTES).toString('base64url'),
].join('$');

function derive(password: string, salt: Buffer, { N, r, p }: typeof PARAMETERS): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scryptCallback(
      password.normalize('NFKC'),
      salt,
      KEY_BYTES,
      { N, r, p, maxmem: MAX_MEMORY },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });
}

/** `scrypt$N$r$p$salt$key`, base64url. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const key = await derive(password, salt, PARAMETERS);
  const { N, r, p } = PARAMETERS;
  return ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');
}

/** False also for a stored value that is not ours. */
export async function verifyPassword(password: string, stored: string): Promise<boolean> {
  const [scheme, N, r, p, salt, key] = stored.split('$');
  const expected = Buffer.from(key ?? '', 'base64url');
  if (scheme !== 'scrypt' || !salt || expected.length !== KEY_BYTES) return false;
  const parameters = { N: Number(N), r: Number(r), p: Number(p) };
  if (!Object.values(parameters).every((value) => Number.isSafeInteger(value) && value > 0)) return false;
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64url'), parameters), expected);
}
