import { createHmac, timingSafeEqual } from 'node:crypto';

const METHODS = new Set(['sha1', 'sha256', 'sha384', 'sha512']);

/** Whether `X-Hub-Signature: METHOD=HEX` was made of these bytes with our secret (W3C WebSub, 8). */
export function isSigned(header: string | undefined, body: Uint8Array, secret: string): boolean {
  const [method = '', given = ''] = (header ?? '').trim().split('=', 2);
  if (!METHODS.has(method.toLowerCase()) || !/^[0-9a-f]+$/i.test(given)) return false;
  const expected = createHmac(method.toLowerCase(), secret).update(body).digest();
  const bytes = Buffer.from(given, 'hex');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
