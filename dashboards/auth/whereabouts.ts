import { isIP } from 'node:net';
import type { Request } from 'express';
import type { Whereabouts } from '../../src/store/users.ts';

/** What calls itself by several names stands before what it imitates. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/YaBrowser\//, 'Yandex Browser'],
  [/Edg(?:e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Vivaldi\//, 'Vivaldi'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrome\/|CriOS\//, 'Chrome'],
  [/Version\/[\d.]+.*Safari\//, 'Safari'],
];

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/Windows/, 'Windows'],
  [/iPad/, 'iPad'],
  [/iPhone|iPod/, 'iPhone'],
  [/Android/, 'Android'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux|X11/, 'Linux'],
];

const MAX_AGENT = 500;

const nameIn = (agent: string, names: typeof BROWSERS): string[] =>
  names
    .filter(([sign]) => sign.test(agent))
    .slice(0, 1)
    .map(([, name]) => name);

/** `Firefox, Windows`, by what the browser says of itself; '' for what is not recognised. */
export function browserName(agent: string): string {
  const shown = agent.slice(0, MAX_AGENT);
  return [...nameIn(shown, BROWSERS), ...nameIn(shown, SYSTEMS)].join(', ');
}

/** The eight groups of an IPv6 address. */
function groupsOf(address: string): string[] {
  const [left = '', right] = address.split('::');
  const parts = (text: string | undefined): string[] => (text ? text.split(':') : []);
  const [before, after] = [parts(left), parts(right)];
  return [...before, ...Array(Math.max(0, 8 - before.length - after.length)).fill('0'), ...after];
}

/** `203.0.113.0/24` or `2001:db8:1::/48`: what one recognises a place by, without the address itself. '' for none. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) === 4) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  if (isIP(plain) !== 6) return '';
  const start = groupsOf(plain).slice(0, 3);
  return `${start.map((group) => Number.parseInt(group, 16).toString(16)).join(':')}::/48`;
}

export function whereabouts(req: Request): Whereabouts {
  return { browser: browserName(req.get('user-agent') ?? ''), network: networkOf(req.ip ?? '') };
}
