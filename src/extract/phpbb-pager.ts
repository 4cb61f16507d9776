import type { CheerioAPI } from 'cheerio/slim';
import { cleanAddress } from './phpbb-address.ts';

const ARROWS = 'a[rel~="next"], .pagination .next a, .pagination a.right-box, link[rel="next"]';

/** The numbered link behind the current page's number, where a theme has no arrow. */
function numberedNext($: CheerioAPI): string | undefined {
  const pager = $('.pagination').first();
  const current = Number(pager.find('strong, .active').last().text().trim());
  if (!Number.isInteger(current) || current < 1) return undefined;
  const link = pager.find('a').filter((_at, element) => $(element).text().trim() === String(current + 1));
  return link.first().attr('href');
}

/** Address of the next page of a board or thread; undefined on the last one. */
export function nextPage($: CheerioAPI, url: string): string | undefined {
  const next = cleanAddress($(ARROWS).first().attr('href') ?? numberedNext($), url);
  return next === cleanAddress(url, url) ? undefined : next;
}
