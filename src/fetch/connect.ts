import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { buildConnector } from 'undici';
import { RefusedError } from '../lib/errors.ts';
import { isPublicAddress } from './address.ts';
import type { IsAllowed } from './target.ts';

/** All addresses of a name. */
export type Resolve = (hostname: string) => Promise<string[]>;

export const resolveBySystem: Resolve = async (hostname) => {
  const found = await systemLookup(hostname, { all: true });
  return found.map(({ address }) => address);
};

function refusedAddress(hostname: string): RefusedError {
  return new RefusedError(
    'refused-address',
    `"${hostname}" leads to a private or reserved network address. If it is meant, name it in the list of allowed private hosts.`,
  );
}

/** Resolves a name once, checks every address, and hands on only the checked ones: no second lookup can differ. */
function guardedLookup(resolve: Resolve, isTrusted: boolean): LookupFunction {
  return (hostname, options, callback) => {
    const settle = async () => {
      const addresses = (await resolve(hostname)).filter((address) => isIP(address) !== 0);
      if (addresses.length === 0)
        throw Object.assign(new Error(`no address for ${hostname}`), { code: 'ENOTFOUND' });
      if (!isTrusted && !addresses.every(isPublicAddress)) throw refusedAddress(hostname);
      return addresses.map((address) => ({ address, family: isIP(address) }));
    };
    settle().then(
      (all) => (options.all ? callback(null, all) : callback(null, all[0]?.address ?? '', all[0]?.family)),
      (error: Error) => callback(error, '', 0),
    );
  };
}

/** A connector of undici that checks where it connects: literal addresses here, names in the lookup. */
export function guardedConnector(
  isAllowed: IsAllowed,
  resolve: Resolve,
  timeoutMs: number,
): buildConnector.connector {
  const guarded = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(resolve, false) });
  const trusted = buildConnector({ timeout: timeoutMs, lookup: guardedLookup(resolve, true) });
  return (options, callback) => {
    const host = options.hostname.replace(/^\[|\]$/g, '');
    const port = options.port || (options.protocol === 'https:' ? '443' : '80');
    if (isAllowed(host, port)) return trusted(options, callback);
    if (isIP(host) !== 0 && !isPublicAddress(host)) return callback(refusedAddress(host), null);
    return guarded(options, callback);
  };
}
