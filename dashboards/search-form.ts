import { z } from 'zod';
import { NO_FILTERS, type SearchFilters } from '../src/model/search.ts';
import { dayStart, momentParam } from './params.ts';

export const PAGE_SIZE = 25;
/** An address holds little more: each Cyrillic letter takes six characters of it. */
export const QUERY_AT_MOST = 2000;

const many = z.preprocess(
  (value) => (value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value]),
  z.array(z.string().max(100)).max(50),
);
/** A day, or a minute of one, in years that both a calendar in a browser and a timestamp in a database know. */
const moment = z
  .union([z.iso.date(), z.iso.datetime({ local: true, precision: -1 })])
  .refine((value) => /^(19[7-9]|2\d\d)\d-.*\d$/.test(value))
  .optional()
  .catch(undefined);

/** The search page's address: every state of the page is one. Nonsense in it is left out rather than refused. */
const querySchema = z.object({
  q: z.string().max(QUERY_AT_MOST).catch(''),
  topic: many.catch([]),
  tone: many.catch([]),
  kind: many.catch([]),
  language: many.catch([]),
  source: many.catch([]),
  author: z.string().max(200).catch(''),
  from: moment,
  /** A day is meant whole; a minute is the first that is not. */
  to: moment,
  /** `review`: those that may be some. */
  complaints: z.enum(['1', 'review']).optional().catch(undefined),
  all: z.literal('1').optional().catch(undefined),
  /** The document that is read beside the list. */
  open: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional().catch(undefined),
  page: z.coerce.number().int().min(1).max(400_000).catch(1),
  /** What was found is counted to the end, as long as that may take. */
  exact: z.literal('1').optional().catch(undefined),
  /** The figures of the chart are shown, too. */
  table: z.literal('1').optional().catch(undefined),
});

export type SearchForm = z.infer<typeof querySchema>;

export function readSearchForm(query: unknown): SearchForm {
  return querySchema.parse(query);
}

/** A minute of the zone's clocks, or the beginning of a day `plus` days later. */
const instant = (moment: string, plus: number, zone: string): Date =>
  momentParam(moment, zone) ?? dayStart(moment, plus, zone);

/** Days are whole days in the viewer's zone, the last one included. */
export function toFilters(form: SearchForm, zone: string): SearchFilters {
  return {
    ...NO_FILTERS,
    topics: form.topic,
    sentiments: form.tone,
    postKinds: form.kind,
    languages: form.language,
    sources: form.source,
    author: form.author.trim().replace(/^@/, ''),
    complaintsOnly: form.complaints === '1',
    maybeComplaints: form.complaints === 'review',
    mentionsOnly: form.all !== '1',
    from: form.from ? instant(form.from, 0, zone) : null,
    to: form.to ? instant(form.to, 1, zone) : null,
  };
}

/** The address of the same search with some fields changed. */
export function searchHref(form: SearchForm, change: Partial<SearchForm>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...form, ...change })) {
    for (const item of Array.isArray(value) ? value : [value]) {
      if (item !== undefined && item !== '' && !(name === 'page' && item === 1))
        params.append(name, String(item));
    }
  }
  const query = params.toString();
  return query ? `/mentions?${query}` : '/mentions';
}

function readLetters(encoded: string): string {
  try {
    const text = decodeURIComponent(encoded);
    return /^\p{L}+$/u.test(text) ? text : encoded;
  } catch {
    return encoded;
  }
}

/** The same where a page has many of them: on it letters may stand as they are, in a third of the room, and browsers send them as ever. */
export function shortHref(form: SearchForm, change: Partial<SearchForm>): string {
  return searchHref(form, change).replace(/(?:%[89A-F][\dA-F])+/g, readLetters);
}

/** The address with something said besides: what was just done. */
export function addressWith(address: string, name: string, value: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}${name}=${value}`;
}
