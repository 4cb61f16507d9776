import { InputError } from '../lib/errors.ts';

const MAX_ADDRESS = 2000;

function refuse(message: string): InputError {
  return new InputError([{ at: 'address', message }]);
}

/** `@user@instance` is a Mastodon account, `@name` a Telegram channel. */
function fromHandle(text: string): string | undefined {
  const mastodon = /^@([\w.-]+)@([\w-]+(?:\.[\w-]+)+)$/.exec(text);
  if (mastodon) return `https://${mastodon[2]}/@${mastodon[1]}`;
  const telegram = /^@([A-Za-z]\w{3,31})$/.exec(text);
  return telegram ? `https://t.me/s/${telegram[1]}` : undefined;
}

function withScheme(text: string): { address: string; isGuess: boolean } {
  const bare = text.replace(/^feed:(?:\/\/)?(?=https?:)/i, '').replace(/^feed:\/\//i, 'https://');
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(bare)) return { address: bare, isGuess: false };
  if (/^(?:mailto|javascript|data|file|tel):/i.test(bare)) return { address: bare, isGuess: false };
  return { address: `https://${bare.replace(/^\/+/, '')}`, isGuess: true };
}

/**
 * Addresses to try for what a person pasted, in this order: without a scheme both https and http.
 * @throws InputError when it is no address of the web
 */
export function readPastedAddress(pasted: string): string[] {
  const text = pasted
    .trim()
    .replace(/^<+|>+$/g, '')
    .replace(/^["'«»]+|["'«»]+$/g, '')
    .trim();
  if (text === '') throw refuse('paste the address of a site, a feed, a forum or a channel');
  if (text.length > MAX_ADDRESS) throw refuse('this is too long for an address');
  if (/\s/.test(text)) throw refuse('paste one address, without spaces');
  const { address, isGuess } = withScheme(fromHandle(text) ?? text);
  if (!URL.canParse(address)) throw refuse(`"${text.slice(0, 100)}" is not an address`);
  const url = new URL(address);
  if (!/^https?:$/.test(url.protocol)) throw refuse('only http and https addresses are read');
  if (!/[.:]/.test(url.hostname) && url.hostname !== 'localhost')
    throw refuse(`"${text.slice(0, 100)}" is not an address: the name of a site has a dot`);
  url.hash = '';
  return isGuess ? [url.href, url.href.replace(/^https:/, 'http:')] : [url.href];
}
