/** Whose place an address is: the host, and on hosts that many share the account. */
export interface AddressPlace {
  /** Without `www.` and the like. */
  host: string;
  /** null: the whole host is one place, or the address does not say whose it is. */
  account: string | null;
  /** Many have places of their own on this host. */
  isShared: boolean;
}

type AccountOf = (path: readonly string[]) => string | undefined;

const first: AccountOf = ([name]) => name;
const afterS: AccountOf = ([name, next]) => (name === 's' ? next : name);
const named: AccountOf = ([name, next]) =>
  name !== undefined && /^(?:r|u|user|users|channel|c|profile|groups?|a)$/.test(name) && next !== undefined
    ? `${name}/${next}`
    : name?.startsWith('@')
      ? name
      : undefined;
/** `wall-123_45` is by the owner's number. */
const vk: AccountOf = ([name]) => /^(?:wall|photo|video|topic|clip)(-?\d+)_\d+/.exec(name ?? '')?.[1] ?? name;
const appOf: AccountOf = (path) => path.find((part) => /^id\d+$/.test(part));

const SHARED: readonly (readonly [RegExp, AccountOf])[] = [
  [/^(?:t|telegram)\.me$/, afterS],
  [/^vk\.(?:com|ru)$/, vk],
  [/^(?:old\.|new\.)?reddit\.com$/, named],
  [/^(?:youtube\.com|youtu\.be)$/, named],
  [/^(?:bsky\.app|livejournal\.com|ok\.ru)$/, named],
  [/^apps\.apple\.com$/, appOf],
  [/^(?:medium\.com|dzen\.ru|x\.com|twitter\.com|facebook\.com|instagram\.com|threads\.net)$/, first],
];

const TWIN_HOST = /^(?:www|m|mobile|amp|wap)\.(?=[^.]+\.)/;

export function placeOf(address: string): AddressPlace | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const host = url.host.replace(TWIN_HOST, '');
  const path = url.pathname.split('/').filter(Boolean);
  const accountOf = SHARED.find(([pattern]) => pattern.test(host))?.[1];
  if (accountOf) return { host, account: accountOf(path)?.toLowerCase() ?? null, isShared: true };
  // Servers of the fediverse: each account has a place of its own.
  const [name] = path;
  return { host, account: name?.startsWith('@') ? name.toLowerCase() : null, isShared: false };
}

/** Is the address within that place? `maybe`: on a shared host, and one of them does not say whose it is. */
export function isWithin(address: AddressPlace, place: AddressPlace): 'yes' | 'maybe' | 'no' {
  if (address.host !== place.host) return 'no';
  if (address.account !== null && place.account !== null)
    return address.account === place.account ? 'yes' : 'no';
  return address.isShared ? 'maybe' : 'yes';
}

/**
 * The number of the post that an address names, as forums write it: `#p123`, `#post-123`, `?p=123`, `/comment/123`. undefined: a
 * page, or a post by another name.
 */
export function postNumberOf(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined;
  const { hash, searchParams, pathname } = new URL(address);
  const inHash = /^#[a-z_-]{0,30}(\d{1,15})$/i.exec(hash)?.[1];
  if (inHash) return inHash;
  for (const name of ['p', 'pid', 'post', 'post_id', 'comment', 'comment_id', 'reply', 'thread_comment']) {
    const value = searchParams.get(name);
    if (value && /^\d{1,15}$/.test(value)) return value;
  }
  return /\/(?:posts?|comments?|p)[-/](\d{1,15})\/?$/i.exec(pathname)?.[1];
}
