import { z } from 'zod';
import type { BrandWish } from '../../src/query/suggest/proposal.ts';

const MOST_ALIASES = 20;
const MOST_TAKEN = 200;

const text = (longest: number) =>
  z
    .string()
    .transform((given) => given.trim().slice(0, longest))
    .catch('');

const schema = z.object({
  name: text(200),
  about: text(500),
  aliases: text(2000),
  /** The choice below was shown: what is not ticked is not taken. */
  chosen: z.literal('1').optional().catch(undefined),
  take: z
    .union([z.string().transform((one) => [one]), z.array(z.string())])
    .catch([])
    .transform((given) => given.slice(0, MOST_TAKEN).map(Number)),
  contextCheck: z.literal('yes').optional().catch(undefined),
});

/** What stands in the form of the brand. */
export interface BrandForm extends BrandWish {
  /** As written. */
  aliasText: string;
  /** null: nobody has said yet. */
  contextCheck: boolean | null;
}

/** Nonsense is left out rather than refused. */
export function readBrandForm(source: unknown): BrandForm {
  const { name, about, aliases, chosen, take, contextCheck } = schema.parse(source ?? {});
  const names = aliases
    .split(/[,;\n]+/)
    .map((one) => one.trim().slice(0, 200))
    .filter((one) => one.length >= 2);
  return {
    name,
    about,
    aliases: names.slice(0, MOST_ALIASES),
    aliasText: aliases,
    take: chosen ? take : null,
    contextCheck: chosen ? contextCheck === 'yes' : null,
  };
}
