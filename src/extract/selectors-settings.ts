import { z } from 'zod';
import { errorMessage } from '../lib/errors.ts';
import type { SelectorField } from '../model/selectors.ts';
import { checkSelector } from './selectors-pick.ts';

const selector = z
  .string()
  .min(1)
  .max(1000)
  .check((ctx) => {
    try {
      checkSelector(ctx.value);
    } catch (error) {
      ctx.issues.push({ code: 'custom', message: errorMessage(error), input: ctx.value });
    }
  });

/** Where each field stands within an item (`on: list`) or within its page (`on: page`). */
const fields = z.strictObject({
  title: selector.optional(),
  /** Several places are put together, a line each. */
  text: selector.optional(),
  author: selector.optional(),
  /** The author's page. */
  profile: selector.optional(),
  date: selector.optional(),
  /** What names the item for good: `@data-id`, `@id`. Without it the permalink does, else author, date and text. */
  id: selector.optional(),
  /** Goes before the text as `★ 2/5`. */
  rating: selector.optional(),
  permalink: selector.optional(),
} satisfies Record<SelectorField, z.ZodType>);

/**
 * A site told by selectors: CSS, or XPath when it begins with `/`, `./`, `(` or `xpath:`. `@name` at the end of a CSS selector
 * takes an attribute. Without `list.item` a page's schema.org reviews are read.
 */
export const selectorSettings = z
  .strictObject({
    list: z
      .strictObject({
        /** One item of the list. */
        item: selector.optional(),
        /** Within the item, for `on: page`: the link to its page. */
        link: selector.optional(),
        /** The link to the next page of the list. */
        next: selector.optional(),
      })
      .default({}),
    fields: fields.default({}),
    /** list: items are read where the list shows them; page: each behind its link. */
    on: z.enum(['list', 'page']).default('list'),
    kind: z.enum(['article', 'post', 'comment']).default('post'),
    /** The site's clock in minutes east of UTC; Moscow by default. */
    zone: z.int().min(-720).max(840).default(180),
    maxPagesPerVisit: z.int().min(1).max(1000).default(30),
    /** Pages of the list that are read back into the past. */
    pastPages: z.int().min(0).max(500).default(10),
  })
  .refine(
    ({ list, fields: { text }, on }) => on === 'page' || list.item === undefined || text !== undefined,
    {
      path: ['fields', 'text'],
      error: 'say where an item has its text, such as ".review-text"',
    },
  )
  .refine(({ list, on }) => on === 'list' || list.link !== undefined, {
    path: ['list', 'link'],
    error: 'say where an item has the link to its page, such as "a.title"',
  });

export type SelectorSettings = z.output<typeof selectorSettings>;
