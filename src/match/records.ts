import { z } from 'zod';
import { accountKey } from './accounts.ts';
import type { NameLexicon } from './names/parse-name.ts';
import { parseKnownName } from './names/parse-name.ts';
import type { Gazetteer } from './places.ts';
import type { MatchPost } from './post.ts';
import type { MatchCustomer } from './subject.ts';
import { foldCompany, foldEmail, foldOrder, foldPhone } from './values.ts';

const MOST_VALUES = 200;
const text = z.string().max(1000);
const maybe = text.nullish().transform((value) => value || null);
const values = z.array(text).max(MOST_VALUES).nullish();

/** A line of a file of customers. */
export const customerLine = z.object({
  customer_id: z.string().min(1),
  full_name: text,
  first_name: maybe,
  middle_name: maybe,
  last_name: maybe,
  emails: values,
  phones: values,
  company: maybe,
  city: maybe,
  birth_year: z.int().min(1800).max(2200).nullish(),
  handles: z
    .array(z.object({ platform: text, handle: text }))
    .max(MOST_VALUES)
    .nullish(),
  orders: values,
});

/** A line of a file of posts. */
export const mentionLine = z.object({
  mention_id: z.string().min(1),
  platform: text,
  author_id: z.string().min(1),
  display_name: z.string().nullish(),
  handle: z.string().nullish(),
  bio: z.string().nullish(),
  city: z.string().nullish(),
  links: z.array(z.string()).nullish(),
  text: z.string(),
  published_at: z.coerce.date(),
});

/** A line of a file of what people decided. */
export const reviewLine = z.object({
  at: z.coerce.date(),
  author_id: z.string().min(1),
  customer_id: z.string().min(1),
  verdict: z.enum(['confirm', 'reject']),
});

export type ReviewLine = z.infer<typeof reviewLine>;

const folded = (
  list: readonly string[] | null | undefined,
  fold: (value: string) => string | null,
): string[] => [...new Set((list ?? []).flatMap((value) => fold(value) ?? []))];

/** A customer as matching sees him; values that are none are left out. */
export function toMatchCustomer(
  line: z.infer<typeof customerLine>,
  { names, places }: { names: NameLexicon; places: Gazetteer },
): MatchCustomer {
  const { full_name: full, first_name: first, middle_name: middle, last_name: last } = line;
  return {
    id: line.customer_id,
    name: parseKnownName({ full, first, middle, last }, names),
    place: line.city ? places.place(line.city) : null,
    company: line.company ? foldCompany(line.company) || null : null,
    birthYear: line.birth_year ?? null,
    emails: folded(line.emails, foldEmail),
    phones: folded(line.phones, foldPhone),
    handles: [...new Set((line.handles ?? []).map(({ platform, handle }) => accountKey(platform, handle)))],
    orders: folded(line.orders, foldOrder),
  };
}

export function toMatchPost(line: z.infer<typeof mentionLine>): MatchPost {
  return {
    id: line.mention_id,
    platform: line.platform,
    authorId: line.author_id,
    displayName: line.display_name ?? '',
    handle: line.handle ?? null,
    bio: line.bio ?? null,
    city: line.city ?? null,
    links: line.links ?? [],
    text: line.text,
    publishedAt: line.published_at,
  };
}
