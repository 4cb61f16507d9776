import { isIP } from 'node:net';
import { RefusedError } from '../lib/errors.ts';
import { isPublicAddress } from './address.ts';
import { parsedUrl } from './parsed-url.ts';

/** Ports below 1024 where web servers are met; the others belong to mail, shells and file servers. */
const WEB_PORTS = new Set([80, 81, 82, 83, 88, 443, 591]);

const DEFAULT_PORTS: Record<string, string> = { 'http:': '80', 'https:': '443' };

export type IsAllowed = (hostname: string, port: string) => boolean;

function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}

/** `allowed` holds `host` or `host:port` (IPv6 in brackets when a port follows) that may be private. */
export function createAllowList(allowed: readonly string[]): IsAllowed {
  const keys = new Set(
    allowed.map((entry) => {
      const [, bracketed, rest] = /^\[([^\]]+)\](.*)$/.exec(entry) ?? [];
      return (bracketed === undefined ? entry : bracketed + (rest ?? '')).toLowerCase();
    }),
  );
  return (hostname, port) => keys.has(bareHost(hostname)) || keys.has(`${bareHost(hostname)}:${port}`);
}

/** Names that no public web site has: reserved (RFC 2606, 6761, 6762, 7686, 8375, 9476) or in use inside networks. */
const PRIVATE_ZONES = new Set(
  (
    'localhost localdomain local internal intranet intra private corp home lan host onion i2p alt svc cluster ' +
    'workgroup'
  ).split(' '),
);
const PRIVATE_NAMES = /(?:^|\.)(?:home\.arpa|ip6-localhost|ip6-loopback)$/;

/** A name without a dot, or under a zone that is not public: whatever DNS answers, no site for us. */
function isPrivateName(hostname: string): boolean {
  const name = bareHost(hostname);
  if (isIP(name) !== 0) return false;
  const zone = name.slice(name.lastIndexOf('.') + 1);
  return !name.includes('.') || PRIVATE_ZONES.has(zone) || PRIVATE_NAMES.test(name);
}

function portOf(url: Readonly<URL>): string {
  return url.port || (DEFAULT_PORTS[url.protocol] ?? '');
}

function readable(address: string): Readonly<URL> {
  try {
    const url = parsedUrl(address);
    // URL parsers take line breaks out silently: what is read would not be what is asked for.
    if (!/\s/.test(address.trim())) return url;
  } catch {}
  throw new RefusedError(
    'bad-address',
    `"${address.slice(0, 200)}" is not a web address: write it as https://host/path.`,
  );
}

/**
 * An address that a web server can have, wherever it is.
 * @throws RefusedError `bad-address`, `refused-scheme`, `refused-credentials`
 */
export function parseWebAddress(address: string): Readonly<URL> {
  const url = readable(address);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new RefusedError(
      'refused-scheme',
      `Only http and https addresses are read, not "${url.protocol}".`,
    );
  }
  if (url.username || url.password) {
    throw new RefusedError(
      'refused-credentials',
      'The address holds a user name or password: remove them from the address.',
    );
  }
  return url;
}

/**
 * The address as a URL that we are willing to ask. The IP address is checked where the connection is made.
 * @throws RefusedError as `parseWebAddress`, and `refused-port`, `refused-address`
 */
export function parseTarget(address: string, isAllowed: IsAllowed): Readonly<URL> {
  const url = parseWebAddress(address);
  const port = portOf(url);
  if (Number(port) < 1024 && !WEB_PORTS.has(Number(port)) && !isAllowed(url.hostname, port)) {
    throw new RefusedError(
      'refused-port',
      `Port ${port} is not a web server's port: use 80, 443 or one above 1023.`,
    );
  }
  if (isPrivateName(url.hostname) && !isAllowed(url.hostname, port)) {
    throw new RefusedError(
      'refused-address',
      `"${url.hostname}" is a name of a private network. If it is meant, name it in the list of allowed private hosts.`,
    );
  }
  return url;
}

/**
 * May this address be watched, as far as it can be told without asking anybody? A name that leads into a private network is
 * found out, and refused, when it is asked.
 * @throws RefusedError as `parseTarget`
 */
export function isPublicTarget(address: string, allowPrivate: readonly string[]): boolean {
  const isAllowed = createAllowList(allowPrivate);
  const url = parseTarget(address, isAllowed);
  const host = bareHost(url.hostname);
  return isIP(host) === 0 || isPublicAddress(host) || isAllowed(host, portOf(url));
}
