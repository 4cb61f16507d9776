import { getDomain } from 'tldts';
import type { Clock } from '../model/ports.ts';
import { parsedUrl } from './parsed-url.ts';

/** A cookie as a browser wants it. */
export interface Cookie {
  name: string;
  value: string;
  /** Without a leading dot. */
  domain: string;
  /** Only for exactly this host. */
  hostOnly: boolean;
  path: string;
  secure: boolean;
  /** Milliseconds since 1970; Infinity for the session. */
  expires: number;
}

export interface CookieJar {
  /** The value of a Cookie header, or undefined when there is nothing to send. */
  header(url: string): string | undefined;
  /** Takes in the Set-Cookie lines of an answer from `url`. */
  store(url: string, lines: readonly string[]): void;
  /** Those that would be sent to some address of the same site. */
  all(): Cookie[];
  clear(): void;
}

const MAX_COOKIE = 4096;
const MAX_COOKIES = 100;

function defaultPath(pathname: string): string {
  return pathname.slice(0, Math.max(1, pathname.lastIndexOf('/')));
}

function isHostWithin(host: string, domain: string): boolean {
  return host === domain || host.endsWith(`.${domain}`);
}

function isPathWithin(path: string, prefix: string): boolean {
  return (
    path === prefix || (path.startsWith(prefix) && (prefix.endsWith('/') || path[prefix.length] === '/'))
  );
}

function readAttributes(parts: readonly string[]): Map<string, string> {
  return new Map(
    parts.map((part) => {
      const [name = '', ...value] = part.split('=');
      return [name.trim().toLowerCase(), value.join('=').trim()];
    }),
  );
}

function expiryOf(attributes: ReadonlyMap<string, string>, now: number): number {
  const maxAge = attributes.get('max-age') ?? '';
  if (/^-?\d+$/.test(maxAge)) return now + Number(maxAge) * 1000;
  const at = Date.parse((attributes.get('expires') ?? '').replace(/(\d)-(\w{3})-(\d)/, '$1 $2 $3'));
  return Number.isNaN(at) ? Number.POSITIVE_INFINITY : at;
}

/** RFC 6265, 5.2 and 5.3. null: to be ignored, as for another site or for a whole public suffix. */
function parseCookie(url: Readonly<URL>, line: string, now: number): Cookie | null {
  if (line.length > MAX_COOKIE) return null;
  const [pair = '', ...rest] = line.split(';');
  const equals = pair.indexOf('=');
  const name = pair.slice(0, Math.max(0, equals)).trim();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these must not get into a header
  if (name === '' || /[\x00-\x1f\x7f]/.test(pair)) return null;
  const attributes = readAttributes(rest);
  const told = (attributes.get('domain') ?? '').replace(/^\./, '').toLowerCase();
  if (told !== '' && !isHostWithin(url.hostname, told)) return null;
  if (told !== '' && told !== url.hostname && getDomain(told, { allowPrivateDomains: true }) === null)
    return null;
  const secure = attributes.has('secure');
  if (secure && url.protocol !== 'https:') return null;
  const path = attributes.get('path') ?? '';
  return {
    name,
    value: pair.slice(equals + 1).trim(),
    domain: told || url.hostname,
    hostOnly: told === '',
    path: path.startsWith('/') ? path : defaultPath(url.pathname),
    secure,
    expires: expiryOf(attributes, now),
  };
}

function isFor(cookie: Cookie, url: Readonly<URL>): boolean {
  const isHost = cookie.hostOnly ? url.hostname === cookie.domain : isHostWithin(url.hostname, cookie.domain);
  return isHost && isPathWithin(url.pathname, cookie.path) && (!cookie.secure || url.protocol === 'https:');
}

/** The cookies of one source, in memory only: nothing of them is stored or shown. */
export function createCookieJar(clock: Pick<Clock, 'now'>): CookieJar {
  const cookies = new Map<string, Cookie>();

  function living(): Cookie[] {
    const now = clock.now().getTime();
    for (const [key, { expires }] of cookies) if (expires <= now) cookies.delete(key);
    return [...cookies.values()];
  }

  return {
    header: (address) => {
      if (cookies.size === 0) return undefined;
      const url = parsedUrl(address);
      const sent = living().filter((cookie) => isFor(cookie, url));
      sent.sort((a, b) => b.path.length - a.path.length);
      return sent.length === 0 ? undefined : sent.map(({ name, value }) => `${name}=${value}`).join('; ');
    },
    store: (address, lines) => {
      const url = parsedUrl(address);
      for (const line of lines.slice(0, MAX_COOKIES)) {
        const cookie = parseCookie(url, line, clock.now().getTime());
        if (!cookie) continue;
        const key = `${cookie.domain};${cookie.path};${cookie.name}`;
        cookies.delete(key);
        cookies.set(key, cookie);
        const [oldest] = cookies.keys();
        if (cookies.size > MAX_COOKIES && oldest !== undefined) cookies.delete(oldest);
      }
    },
    all: living,
    clear: () => cookies.clear(),
  };
}
