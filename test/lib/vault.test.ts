import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createVault } from '../../src/lib/vault.ts';

const one = createVault(Buffer.alloc(32, 1));
const two = createVault(Buffer.alloc(32, 2));

describe('the vault', () => {
  it('opens what it sealed, whatever it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(one.open(one.seal(text))).toBe(text);
      }),
    );
  });

  it('seals the same text differently each time, and hashes it the same', () => {
    expect(one.seal('anna@example.ru')).not.toBe(one.seal('anna@example.ru'));
    expect(one.hash('anna@example.ru')).toBe(one.hash('anna@example.ru'));
    expect(one.hash('anna@example.ru')).toMatch(/^[\w-]{20}$/);
  });

  it('shows nothing of the text in what is sealed or hashed', () => {
    const text = 'anna-the-customer@example.ru';
    const seen = Buffer.from(one.seal(text).slice(2), 'base64url').toString('latin1') + one.hash(text);
    expect(seen).not.toContain('anna');
    expect(seen).not.toContain('example');
  });

  it('does not open what another key sealed, and hashes otherwise', () => {
    expect(() => two.open(one.seal('a'))).toThrow();
    expect(two.hash('a')).not.toBe(one.hash('a'));
  });

  it('does not open what was changed, at whatever place', () => {
    const bytes = Buffer.from(one.seal('+79991234567').slice(2), 'base64url');
    for (let at = 0; at < bytes.length; at += 1) {
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(() => one.open(`1.${changed.toString('base64url')}`)).toThrow();
    }
    for (const odd of ['', '1.', '2.abc', 'anna@example.ru', '1.AAAA']) expect(() => one.open(odd)).toThrow();
  });

  it('takes no key of another length', () => {
    expect(() => createVault(Buffer.alloc(16))).toThrow(RangeError);
  });
});
