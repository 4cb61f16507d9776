import { decodeEntities } from '../../extract/html-entities.ts';
import { scanHtml } from '../../extract/html-scan.ts';
import type { Read } from '../../extract/readers.ts';
import type { Author } from '../../model/document.ts';
import type { Page, Vault } from '../../model/ports.ts';
import { accountSuppression } from '../privacy/suppress.ts';

const LOOKED_AT = 3_000_000;
const MOST_NAMES = 20_000;
const MOST_NAME = 200;
const HREF = /\shref\s*=\s*["']?([^"'\s>]{1,2000})/i;

/** The last part of a path, and the values of its parameters: where a profile's address names its account. */
function namesInAddress(href: string): string[] {
  if (!URL.canParse(href, 'http://any.example')) return [];
  const url = new URL(href, 'http://any.example');
  const parts = url.pathname.split('/').filter((part) => part !== '');
  const plain = [...parts.slice(-2), ...url.searchParams.values()].map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
  return plain.map((part) => part.replace(/^@/, ''));
}

/** What links say and where they lead: authors stand in links, whatever the engine. */
function namesInLinks(html: string): string[] {
  const names: string[] = [];
  let said: string | null = null;
  scanHtml(html, {
    text: (raw) => {
      if (said !== null && said.length < MOST_NAME) said += raw;
    },
    open: (name, tag) => {
      if (name !== 'a') return;
      names.push(...namesInAddress(decodeEntities(HREF.exec(tag.slice(0, 4000))?.[1] ?? '')));
      said = '';
    },
    close: (name) => {
      if (name === 'a' && said !== null) names.push(decodeEntities(said).replace(/\s+/g, ' ').trim());
      if (name === 'a') said = null;
    },
  });
  return names;
}

async function namesInThread(read: Read, page: Page, now: Date): Promise<string[]> {
  const { posts } = await read('readThread', page.text, page.url, { now, zone: 0 });
  return posts.flatMap(({ author }) => author?.name ?? []);
}

const siteOf = (url: string): string => new URL(url).host.replace(/^www\./, '');

/** Keyed hashes of everybody who may have an account here and stands on the page: to tell whether one of them was erased. */
export async function peopleOnPage(
  read: Read,
  vault: Vault,
  page: Page,
  author: Author | null,
  now: Date,
): Promise<string[]> {
  const thread = await namesInThread(read, page, now).catch(() => []);
  const all = [...thread, ...namesInLinks(page.text.slice(0, LOOKED_AT))];
  const names = [...new Set(all)].filter((name) => name !== '' && name.length <= MOST_NAME);
  const sites = [...new Set([siteOf(page.url), ...(author ? [author.site] : [])])];
  return sites.flatMap((site) =>
    names.slice(0, MOST_NAMES).map((handle) => accountSuppression(vault, { site, handle }).hash),
  );
}
