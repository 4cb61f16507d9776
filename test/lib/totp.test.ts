import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hotp, matchingStep, newTotpSecret, otpauthUri, stepAt, toBase32 } from '../../src/lib/totp.ts';

const ascii = (text: string) => Buffer.from(text, 'ascii');
/** Of the test vectors: the digits 1 to 0 as often as the hash is long. */
const seed = (length: number) => ascii('1234567890'.repeat(7).slice(0, length));

describe('RFC 4226, appendix D', () => {
  it.each(
    ['755224', '287082', '359152', '969429', '338314', '254676', '287922', '162583', '399871', '520489'].map(
      (code, counter) => [counter, code] as const,
    ),
  )('gives for the counter %d the code %s', (counter, code) => {
    expect(hotp(seed(20), counter)).toBe(code);
  });
});

describe('RFC 6238, appendix B', () => {
  it.each([
    [59, '94287082', '46119246', '90693936'],
    [1111111109, '07081804', '68084774', '25091201'],
    [1111111111, '14050471', '67062674', '99943326'],
    [1234567890, '89005924', '91819424', '93441116'],
    [2000000000, '69279037', '90698825', '38618901'],
    [20000000000, '65353130', '77737706', '47863826'],
  ])('gives at the second %d the codes of all three hashes', (second, sha1, sha256, sha512) => {
    const step = stepAt(new Date(second * 1000));
    expect(hotp(seed(20), step, { digits: 8 })).toBe(sha1);
    expect(hotp(seed(32), step, { digits: 8, hash: 'sha256' })).toBe(sha256);
    expect(hotp(seed(64), step, { digits: 8, hash: 'sha512' })).toBe(sha512);
  });
});

describe('RFC 4648, section 10', () => {
  it.each([
    ['', ''],
    ['f', 'MY'],
    ['fo', 'MZXQ'],
    ['foo', 'MZXW6'],
    ['foob', 'MZXW6YQ'],
    ['fooba', 'MZXW6YTB'],
    ['foobar', 'MZXW6YTBOI'],
  ])('writes %s as %s', (text, written) => {
    expect(toBase32(ascii(text))).toBe(written);
  });
});

const secrets = fc.uint8Array({ minLength: 20, maxLength: 20 });
const times = fc.date({ min: new Date('2026-01-01'), max: new Date('2099-01-01'), noInvalidDate: true });

it('takes the code of the present half minute and of its neighbours, and says of which', () => {
  fc.assert(
    fc.property(secrets, times, fc.constantFrom(-1, 0, 1), (secret, now, off) => {
      const code = hotp(secret, stepAt(now) + off);
      const found = matchingStep(secret, code, now);
      // Two neighbours may have one code.
      expect(found !== null && hotp(secret, found) === code).toBe(true);
      expect(Math.abs((found ?? 0) - stepAt(now))).toBeLessThanOrEqual(1);
    }),
  );
});

it('takes no code of two steps ago or ahead', () => {
  fc.assert(
    fc.property(secrets, times, fc.constantFrom(-2, 2), (secret, now, off) => {
      const code = hotp(secret, stepAt(now) + off);
      const near = [-1, 0, 1].map((one) => hotp(secret, stepAt(now) + one));
      fc.pre(!near.includes(code));
      expect(matchingStep(secret, code, now)).toBeNull();
    }),
  );
});

it('takes nothing that is no six digits', () => {
  const secret = newTotpSecret();
  const now = new Date('2026-11-22T09:00:00Z');
  const code = hotp(secret, stepAt(now));
  for (const wrong of ['', code.slice(1), `${code}0`, ` ${code}`, 'abcdef', '１２３４５６'])
    expect(matchingStep(secret, wrong, now)).toBeNull();
});

it('writes an address that holds any name of a person whole', () => {
  const uri = otpauthUri(ascii('foobar'), 'Molva', 'анна+x@example.com/?#');
  const url = new URL(uri);
  expect(url.searchParams.get('secret')).toBe('MZXW6YTBOI');
  expect(url.searchParams.get('issuer')).toBe('Molva');
  expect(decodeURIComponent(url.pathname)).toContain('Molva:анна+x@example.com/?#');
});
