/** Hosts of platforms that registers call by a name. */
const PLATFORMS: readonly (readonly [string, RegExp])[] = [
  ['vk', /(?:^|\.)(?:vk\.com|vk\.ru|vkontakte\.ru)$/],
  ['ok', /(?:^|\.)(?:ok\.ru|odnoklassniki\.ru)$/],
  ['telegram', /(?:^|\.)(?:t\.me|telegram\.me|telegram\.org)$/],
  ['x', /(?:^|\.)(?:x\.com|twitter\.com)$/],
  ['facebook', /(?:^|\.)(?:facebook\.com|fb\.com)$/],
  ['instagram', /(?:^|\.)instagram\.com$/],
  ['youtube', /(?:^|\.)youtube\.com$/],
  ['reddit', /(?:^|\.)reddit\.com$/],
  ['livejournal', /(?:^|\.)livejournal\.com$/],
  ['dzen', /(?:^|\.)(?:dzen\.ru|zen\.yandex\.ru)$/],
  ['pikabu', /(?:^|\.)pikabu\.ru$/],
  ['habr', /(?:^|\.)(?:habr\.com|habrahabr\.ru)$/],
  ['otzovik', /(?:^|\.)otzovik\.com$/],
  ['irecommend', /(?:^|\.)irecommend\.ru$/],
  ['trustpilot', /(?:^|\.)trustpilot\.com$/],
  ['tiktok', /(?:^|\.)tiktok\.com$/],
  ['github', /(?:^|\.)github\.com$/],
  ['linkedin', /(?:^|\.)linkedin\.com$/],
];

/** A host or a platform's name as the register calls it: `m.vk.com` is vk. */
export function platformOf(site: string): string {
  const host = site
    .trim()
    .toLowerCase()
    .replace(/^www\./, '');
  return PLATFORMS.find(([, pattern]) => pattern.test(host))?.[0] ?? host;
}

/** A handle in one spelling, without its @; empty when there is none. */
export function foldHandle(handle: string): string {
  return handle.normalize('NFKC').trim().toLowerCase().replace(/^@+/, '');
}

const ADDRESS = /(?:https?:\/\/)?((?:[\p{L}\p{N}-]{1,63}\.){1,4}[a-z]{2,12})(\/[^\s,;"'<>()]{0,200})?/giu;
const NO_ACCOUNT = new Set(['', 'www', 'blog', 'forum', 'm']);

/**
 * Accounts that the addresses of a text may stand for, as `platform/handle`, and where each address begins: the last part of its path, or what
 * stands before the host of a blog. Where the platform has no name in PLATFORMS, the host stands for it, and the general names `forum` and `blog`.
 */
export function accountsOf(text: string): { account: string; at: number }[] {
  return [...text.matchAll(ADDRESS)].flatMap(({ 1: host = '', 2: path = '', index }) =>
    toAccounts(host.toLowerCase(), path).map((account) => ({ account, at: index })),
  );
}

/** Pages of a site that are nobody's account. */
const NO_PROFILE = /\.(?:php|html?|aspx?|jsp)$|^(?:r|c|groups?|tag|tags|posts?|blog|topic|wall)$/i;

function toAccounts(host: string, path: string): string[] {
  const platform = platformOf(host);
  const parts = path
    .replace(/[?#].*$/, '')
    .split('/')
    .filter((part) => part !== '');
  if (parts.some((part) => NO_PROFILE.test(part))) return [];
  const handle = foldHandle(parts.at(-1) ?? '');
  const isNamed = platform !== host.replace(/^www\./, '');
  if (handle !== '')
    return isNamed ? [accountKey(platform, handle)] : [accountKey(platform, handle), `forum/${handle}`];
  const before = host
    .replace(/^www\./, '')
    .split('.')
    .slice(0, -2)
    .join('.');
  return NO_ACCOUNT.has(before) ? [] : [accountKey(isNamed ? platform : 'blog', before)];
}

/** Platforms whose accounts are hosts: of what may stand between words a host knows the hyphen only. */
const IN_HOST = new Set(['livejournal', 'blog']);

/** `platform/handle`, in the one spelling in which accounts are compared. */
export function accountKey(site: string, handle: string): string {
  const platform = platformOf(site);
  const folded = foldHandle(handle);
  return `${platform}/${IN_HOST.has(platform) ? folded.replace(/[._]/g, '-') : folded}`;
}
