import { z } from 'zod';
import type { Said } from '../../src/model/correction.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import { sayOfTag } from '../corrections/say.ts';
import type { DashboardDeps } from '../deps.ts';
import { type Call, refuse } from './operation.ts';

const said = z
  .record(z.string().max(50), z.union([z.string().max(100), z.boolean(), z.int()]))
  .refine((fields) => Object.keys(fields).length <= 10, 'has too many fields');

/** What a person says of a tag. */
export const correctionBody = z.strictObject({
  kind: z.enum(['sentiment', 'complaint', 'kind', 'language']),
  revision: z.int().min(1).describe('Of the text that was read: as the post was answered'),
  said: z
    .union([z.literal('right'), said])
    .describe('Fields of the tag’s value, as {"label": "negative"}; or `right`: it is as the tagger says'),
});

export const correctionAnswer = z.object({
  outcome: z.enum(['done', 'same']).describe('same: that has been said already'),
});

/** @throws ApiRefusal when the text is another one by now */
export async function correctTag(
  deps: DashboardDeps,
  { actor }: Pick<Call, 'actor'>,
  asked: z.output<typeof correctionBody> & { document: DocumentId; target: string },
): Promise<z.input<typeof correctionAnswer>> {
  const { document: documentId, kind, target, revision } = asked;
  const word: Said | 'right' = asked.said;
  const outcome = await sayOfTag(deps, { documentId, revision, kind, target, said: word, by: actor });
  if (outcome === 'done' || outcome === 'same') return { outcome };
  if (outcome === 'gone') return refuse({ status: 404, code: 'unknown', title: 'There is no such post' });
  return refuse({
    status: 409,
    code: 'edited',
    title: 'The text is another one by now',
    detail: 'Read the post again, and say what you think of it as it is now.',
  });
}
