import { z } from 'zod';
import { EVIDENCE_CODES, type IdentityLink } from '../../../src/model/customer.ts';
import { type Author, isOnlyNamed } from '../../../src/model/document.ts';
import type { AuthorId } from '../../../src/model/ids.ts';
import { getAuthors } from '../../../src/store/authors.ts';
import { getCustomers } from '../../../src/store/customers.ts';
import { listLinksOfAuthors } from '../../../src/store/links.ts';
import { listOpenReviews } from '../../../src/store/reviews.ts';
import type { DashboardDeps } from '../../deps.ts';
import { answerReview, decideLink, noteCompared, undoAct } from '../../links/decisions.ts';
import { readPage } from '../cursor.ts';
import { customerOf } from '../customer.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { shownTo } from '../posts.ts';
import { at, byId, id, iso, pageOf, paging } from '../shapes.ts';

const MASKED = 'null without the scope customers:read';

const linkSchema = z.object({
  customer: z.string().nullable().describe(`External id; ${MASKED}`),
  state: z
    .enum(['proposed', 'linked', 'confirmed', 'rejected', 'on_behalf'])
    .describe('linked: without a person; on_behalf: the author speaks for the customer and is somebody else'),
  score: z.number().min(0).max(1).describe('How likely it was by the signs alone'),
  reasons: z.array(
    z.object({
      sign: z.enum(EVIDENCE_CODES),
      where: z.string().describe('Where it was found'),
      masked: z.string().nullable().describe(`What was found, without its middle; ${MASKED}`),
      bits: z
        .number()
        .nullable()
        .describe('Twice as likely for each; below 0 it speaks against; null: not known'),
    }),
  ),
  decided_by: z.string().describe('matcher, or who decided'),
  decided_at: at,
});

const author = {
  id,
  site: z.string(),
  handle: z.string(),
  name: z.string().nullable(),
};

const authorSchema = z
  .object({
    ...author,
    profile_url: z.string().nullable(),
    about: z
      .string()
      .nullable()
      .describe('What the profile says; contacts are masked without the scope customers:contacts'),
    is_only_name: z.boolean().describe('The site has no accounts: anybody may write under this name'),
    links: z.array(linkSchema).describe('The likeliest first'),
  })
  .meta({ id: 'Author' });

const reviewSchema = z.object({
  author: z.object(author),
  risk: z
    .number()
    .min(0)
    .max(9)
    .describe('What is lost if nobody looks: how grave the complaint is, times value, times uncertainty'),
});

const nameOf = ({ id: number, site, handle, name }: Author) => ({ id: number, site, handle, name });

async function linksOf(deps: DashboardDeps, call: Pick<Call, 'actor' | 'may'>, of: AuthorId) {
  const links = (await listLinksOfAuthors(deps.db, [of])).toSorted((a, b) => b.score - a.score);
  const ids = links.map(({ customerId }) => customerId);
  const mayTell = call.may('customers:read') && ids.length > 0;
  if (mayTell) await noteCompared(deps, call.actor, of, ids);
  const known = mayTell ? await getCustomers(deps.db, ids) : [];
  const numbers = new Map(known.map((customer) => [customer.id, customer.externalId]));
  return links.map(
    (link: IdentityLink): z.input<typeof linkSchema> => ({
      customer: numbers.get(link.customerId) ?? null,
      state: link.state,
      score: link.score,
      reasons: link.evidence.map(({ code, where, masked, bits = null }) => ({
        sign: code,
        where,
        masked: mayTell ? masked : null,
        bits,
      })),
      decided_by: link.decidedBy,
      decided_at: iso(link.decidedAt),
    }),
  );
}

async function findAuthor({ db }: DashboardDeps, number: number): Promise<Author> {
  const [one] = await getAuthors(db, [number as AuthorId]);
  return found(one, 'author');
}

async function read(deps: DashboardDeps, call: Call<{ id: number }>): Promise<z.input<typeof authorSchema>> {
  const one = await findAuthor(deps, call.params.id);
  return {
    ...nameOf(one),
    profile_url: one.profileUrl,
    about: one.about === null ? null : shownTo(call)(one.about),
    is_only_name: isOnlyNamed(one),
    links: await linksOf(deps, call, one.id),
  };
}

const decisionBody = z
  .strictObject({
    decision: z
      .enum(['confirmed', 'rejected', 'on_behalf', 'proposed', 'nobody'])
      .describe('proposed: nothing is decided any more; nobody: none of the customers who are proposed'),
    customer: z.string().min(1).max(500).optional().describe('External id; left out of nobody'),
  })
  .refine(({ decision, customer }) => (decision === 'nobody') === (customer === undefined), {
    path: ['customer'],
    message: 'is named with each decision but nobody',
  });

async function refuseAll(deps: DashboardDeps, of: AuthorId, actor: string): Promise<number> {
  const asked = { author: of, customer: null, decision: 'confirmed' as const, isCheck: false, actor };
  const act = await answerReview(deps, asked);
  if (act !== null) return act;
  return refuse({ status: 409, code: 'settled', title: 'Nobody is proposed for this author any more' });
}

async function decide(
  deps: DashboardDeps,
  call: Call<{ id: number }, unknown, z.output<typeof decisionBody>>,
): Promise<{ act: number }> {
  const { actor, body } = call;
  const { id: of } = await findAuthor(deps, call.params.id);
  const { decision, customer: externalId } = body;
  if (decision === 'nobody' || externalId === undefined) return { act: await refuseAll(deps, of, actor) };
  // Who may not see external ids must not find out which there are, either.
  if (!call.may('customers:read'))
    return refuse({
      status: 403,
      code: 'insufficient-scope',
      title: 'To name a customer needs the scope customers:read, too',
    });
  const customer = await customerOf(deps, { external_id: externalId });
  return { act: await decideLink(deps, { author: of, customer, decision, actor }) };
}

const place = z.object({ risk: z.number(), authorId: z.int() });

export const links = [
  operation({
    id: 'listLinkReviews',
    method: 'get',
    path: '/link-reviews',
    scope: 'links:read',
    summary: 'List authors of whom it is to be decided which customer they are, the most at risk first',
    detail: 'The order changes with what arrives: an author may come twice, or be missed, in one walk.',
    query: z.strictObject(paging),
    answer: pageOf(reviewSchema),
    handle: async (deps, { query }) => {
      const { rows, next_cursor } = await readPage(
        deps.alerts.sign,
        { operation: 'listLinkReviews', query },
        place,
        (from, atMost) =>
          listOpenReviews(
            deps.db,
            [],
            atMost,
            from && { risk: from.risk, authorId: from.authorId as AuthorId },
          ),
        ({ risk, authorId }) => ({ risk, authorId }),
      );
      const known = await getAuthors(
        deps.db,
        rows.map(({ authorId }) => authorId),
      );
      const authors = new Map(known.map((one) => [one.id, nameOf(one)]));
      const data = rows.map(({ authorId, risk }) => ({
        author: found(authors.get(authorId), 'author'),
        risk,
      }));
      return { data, next_cursor };
    },
  }),
  operation({
    id: 'readAuthor',
    method: 'get',
    path: '/authors/{id}',
    scope: 'links:read',
    summary: 'Read an author, and which customers he is or may be; where they are told it is written down',
    params: byId,
    answer: authorSchema,
    handle: read,
  }),
  operation({
    id: 'decideLink',
    method: 'post',
    path: '/authors/{id}/decisions',
    scope: 'links:write',
    summary: 'Say which customer an author is, is not, or speaks for',
    detail:
      'Whoever is one customer is no other. Cases that leant on a link that ends are withdrawn. To name a customer needs the scope customers:read, too.',
    params: byId,
    body: decisionBody,
    answer: z.object({ act: id.describe('By which it can be taken back') }),
    status: 201,
    handle: decide,
  }),
  operation({
    id: 'undoLinkAct',
    method: 'post',
    path: '/link-acts/{id}/undo',
    scope: 'links:write',
    summary: 'Take back what was said of an author',
    params: byId,
    answer: z.object({ outcome: z.literal('done') }),
    handle: async (deps, { params, actor }) => {
      const outcome = await undoAct(deps, { act: params.id, actor });
      if (outcome !== 'overtaken') return { outcome: found(outcome === 'done' ? outcome : null, 'act') };
      return refuse({
        status: 409,
        code: 'overtaken',
        title: 'Something else has been decided about this author since',
      });
    },
  }),
];
