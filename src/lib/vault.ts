import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import type { Vault } from '../model/ports.ts';

export const KEY_BYTES = 32;

const FORM = '1.';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** Of the hash: two of a hundred million values meet with a chance of one in ten thousand million. */
const HASH_BYTES = 15;

function subKey(key: Buffer, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', key, '', `molva ${purpose} 1`, KEY_BYTES));
}

/**
 * Seals with AES-256-GCM, a nonce of its own for each text, and hashes with HMAC-SHA-256, under two keys drawn from `key` by HKDF (RFC 5869).
 * `key`: 32 random bytes. @throws RangeError when it has another length
 */
export function createVault(key: Buffer): Vault {
  if (key.length !== KEY_BYTES) throw new RangeError(`a key of the vault has ${KEY_BYTES} bytes`);
  const sealing = subKey(key, 'seal');
  const hashing = subKey(key, 'hash');
  return {
    seal(text) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return FORM + Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url');
    },
    open(sealed) {
      if (!sealed.startsWith(FORM)) throw new Error('this was not sealed by the vault');
      const bytes = Buffer.from(sealed.slice(FORM.length), 'base64url');
      const decipher = createDecipheriv('aes-256-gcm', sealing, bytes.subarray(0, NONCE_BYTES), {
        authTagLength: TAG_BYTES,
      });
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      const body = bytes.subarray(NONCE_BYTES + TAG_BYTES);
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
    },
    hash: (text) =>
      createHmac('sha256', hashing).update(text).digest().subarray(0, HASH_BYTES).toString('base64url'),
  };
}
