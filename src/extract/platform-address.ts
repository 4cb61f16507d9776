/** An address that tells by its form where its preview stands; crawlers know the addresses of other platforms themselves. */
export interface PlatformAddress {
  kind: 'telegram';
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

const readers: readonly Reader[] = [telegram];

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
