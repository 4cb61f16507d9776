import fc from 'fast-check';
import { expect, it } from 'vitest';
import { browserName, networkOf } from '../../../dashboards/auth/whereabouts.ts';

const MOZILLA = 'Mozilla/5.0';
const CHROME = 'AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0';

it.each([
  [`${MOZILLA} (Windows NT 10.0; Win64; x64; rv:132.0) Gecko/20100101 Firefox/132.0`, 'Firefox, Windows'],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36`, 'Chrome, Windows'],
  [`${MOZILLA} (Windows NT 10.0; Win64; x64) ${CHROME} Safari/537.36 Edg/130.0.0.0`, 'Edge, Windows'],
  [`${MOZILLA} (Windows NT 10.0) ${CHROME} YaBrowser/24.10.0.0 Safari/537.36`, 'Yandex Browser, Windows'],
  [`${MOZILLA} (Linux; Android 14) ${CHROME} Mobile Safari/537.36`, 'Chrome, Android'],
  [
    `${MOZILLA} (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1`,
    'Safari, iPhone',
  ],
  [
    `${MOZILLA} (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.0 Safari/605.1.15`,
    'Safari, macOS',
  ],
  ['curl/8.5.0', ''],
  ['', ''],
])('names a browser in words: %s', (agent, name) => {
  expect(browserName(agent)).toBe(name);
});

it('says of any text no more than names that it knows', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 2000 }), (agent) => {
      expect(browserName(agent)).toMatch(/^[A-Za-z, ]{0,40}$/);
    }),
  );
});

it.each([
  ['203.0.113.77', '203.0.113.0/24'],
  ['::ffff:203.0.113.77', '203.0.113.0/24'],
  ['2001:db8:85a3:8d3:1319:8a2e:370:7348', '2001:db8:85a3::/48'],
  ['2001:DB8::1', '2001:db8:0::/48'],
  ['fe80::1%eth0', 'fe80:0:0::/48'],
  ['::1', '0:0:0::/48'],
  ['nonsense', ''],
  ['', ''],
])('keeps of the address %s the range', (address, range) => {
  expect(networkOf(address)).toBe(range);
});

it('keeps nothing of the last part of an address', () => {
  fc.assert(
    fc.property(fc.ipV4(), fc.nat(255), (address, last) => {
      const other = address.replace(/\d+$/, String(last));
      expect(networkOf(other)).toBe(networkOf(address));
    }),
  );
});
