import { load } from 'cheerio';

const RUNNING = new Set(
  'script iframe object embed applet frame frameset link meta base xml import handler listener foreignobject'.split(
    ' ',
  ),
);
const UNWANTED = new Set('style form svg math template input button textarea select'.split(' '));
const ADDRESSES = new Set(
  'href src action formaction background poster data xlink:href srcset lowsrc dynsrc cite ping'.split(' '),
);

function isDangerous(address: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: browsers skip them
  const bare = address.replace(/[\u0000-\u0020\u007f-\u00a0]/g, '').toLowerCase();
  return /^(?:javascript|vbscript|livescript|mocha|data:(?!image\/(?:png|gif|jpe?g|webp))|file|feed:javascript)/.test(
    bare,
  );
}

/** What in this HTML a browser would run (and, if `isStrict`, what else should not be shown); undefined when nothing. */
export function unsafePart(html: string, isStrict: boolean): string | undefined {
  const page = load(html, { scriptingEnabled: false } as object, false);
  for (const element of page('*').toArray()) {
    if (element.type !== 'tag' && element.type !== 'script' && element.type !== 'style') continue;
    const name = element.name.toLowerCase();
    if (RUNNING.has(name) || (isStrict && UNWANTED.has(name))) return `<${name}>`;
    for (const [key, value] of Object.entries(element.attribs)) {
      if (/^on/i.test(key)) return key;
      if (ADDRESSES.has(key.toLowerCase()) && isDangerous(value)) return `${key}=${value.slice(0, 40)}`;
      if (key === 'style' && /expression|javascript:|behaviou?r|-moz-binding|url\(/i.test(value))
        return 'style';
    }
  }
  return undefined;
}
