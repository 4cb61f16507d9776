/** An address that tells by its form where its feed or preview stands. */
export interface PlatformAddress {
  kind: 'feed' | 'telegram';
  url: string;
  name: string;
}

type Reader = (url: URL, path: string[]) => PlatformAddress | undefined;

const TELEGRAM_RESERVED = new Set(['joinchat', 'addstickers', 'share', 'proxy', 'socks', 'login', 'c', 'iv']);

const telegram: Reader = ({ hostname }, path) => {
  if (!/^(?:www\.)?(?:t|telegram)\.me$/.test(hostname)) return undefined;
  const name = path[0] === 's' ? path[1] : path[0];
  if (name === undefined || !/^[A-Za-z]\w{3,31}$/.test(name) || TELEGRAM_RESERVED.has(name)) return undefined;
  return { kind: 'telegram', url: `https://t.me/s/${name}`, name: `Telegram: ${name}` };
};

const youtube: Reader = ({ hostname, searchParams }, path) => {
  if (!/^(?:www\.|m\.)?youtube\.com$/.test(hostname)) return undefined;
  const feed = 'https://www.youtube.com/feeds/videos.xml';
  const channel = path[0] === 'channel' ? path[1] : undefined;
  if (channel?.startsWith('UC'))
    return { kind: 'feed', url: `${feed}?channel_id=${channel}`, name: 'YouTube' };
  const list = path[0] === 'playlist' ? searchParams.get('list') : null;
  return list ? { kind: 'feed', url: `${feed}?playlist_id=${list}`, name: 'YouTube' } : undefined;
};

const reddit: Reader = ({ hostname }, path) => {
  if (!/^(?:www\.|old\.|new\.)?reddit\.com$/.test(hostname) || path[0] !== 'r' || !path[1]) return undefined;
  const name = `r/${path[1]}`;
  if (path[2] === 'comments' && path[3])
    return {
      kind: 'feed',
      url: `https://www.reddit.com/${name}/comments/${path[3]}/.rss`,
      name: `Reddit: ${name}`,
    };
  return { kind: 'feed', url: `https://www.reddit.com/${name}/new/.rss`, name: `Reddit: ${name}` };
};

const livejournal: Reader = ({ hostname }) => {
  const name = /^([\w-]+)\.livejournal\.com$/.exec(hostname)?.[1];
  if (name === undefined || name === 'www') return undefined;
  return { kind: 'feed', url: `https://${name}.livejournal.com/data/rss`, name: `LiveJournal: ${name}` };
};

const readers: readonly Reader[] = [telegram, youtube, reddit, livejournal];

/** What a platform's address leads to; undefined when its form is nobody's. */
export function readPlatformAddress(address: string): PlatformAddress | undefined {
  const url = new URL(address);
  const path = url.pathname.split('/').filter(Boolean);
  for (const read of readers) {
    const found = read(url, path);
    if (found) return found;
  }
  return undefined;
}
