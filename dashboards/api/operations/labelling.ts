import { z } from 'zod';
import { TONES } from '../../../src/model/correction.ts';
import type { ScorecardCard } from '../../../src/model/scorecard.ts';
import { getScorecardCard, listItems, saveSkip } from '../../../src/store/scorecard-items.ts';
import type { DashboardDeps } from '../../deps.ts';
import { drawSample, saveLabel } from '../../scorecard/work.ts';
import { type Call, found, operation, refuse } from '../operation.ts';
import { shownTo } from '../posts.ts';
import { at, byId, id, isoOrNull } from '../shapes.ts';

const said = z.object({ tone: z.enum(TONES), complaint: z.boolean() });

const itemSchema = z
  .object({
    id,
    document: id,
    revision: z.int().describe('Of the text; send it with the label'),
    topic: z.string().describe('Name'),
    source: z.string().describe('Name'),
    thread: z.string().nullable(),
    title: z.string().nullable(),
    text: z.string().describe('Contacts and numbers are masked without the scope customers:contacts'),
    published_at: at.nullable(),
    label: said.nullable().describe('What a person has said; null: nobody has'),
  })
  .meta({
    id: 'LabelItem',
    description: 'It does not tell what the taggers say: that would sway whoever labels',
  });

function itemOf(card: ScorecardCard, call: Pick<Call, 'may'>): z.input<typeof itemSchema> {
  const show = shownTo(call);
  return {
    id: card.id,
    document: card.documentId,
    revision: card.revision,
    topic: card.topicName,
    source: card.sourceName,
    thread: card.threadTitle === null ? null : show(card.threadTitle),
    title: card.title === null ? null : show(card.title),
    text: show(card.text),
    published_at: isoOrNull(card.publishedAt),
    label: card.label,
  };
}

const readItem = async (deps: DashboardDeps, call: Call<{ id: number }>) =>
  itemOf(found(await getScorecardCard(deps.db, call.params.id), 'item'), call);

const labelBody = z.strictObject({
  revision: z.int().min(1).describe('Of the text that was read'),
  ...said.shape,
  again: z.boolean().default(false).describe('Also where somebody has labelled it'),
});

async function label(deps: DashboardDeps, call: Call<{ id: number }, unknown, z.output<typeof labelBody>>) {
  const { params, body, actor } = call;
  const { revision, tone, complaint, again } = body;
  const request = { item: params.id, revision, tone, complaint, isAgain: again, by: actor };
  const outcome = await saveLabel(deps, request);
  if (outcome === 'done') return readItem(deps, call);
  if (outcome === 'gone') return found<never>(null, 'item');
  return refuse({
    status: 409,
    code: outcome,
    title:
      outcome === 'edited'
        ? 'The text has been changed since: read the item again'
        : 'Somebody has labelled it: say again to put another label in its place',
  });
}

export const labelling = [
  operation({
    id: 'drawSample',
    method: 'post',
    path: '/scorecard/samples',
    scope: 'scorecard:write',
    summary: 'Draw posts for people to label',
    answer: z.object({ drawn: z.int().describe('0: nothing was found since the last sample') }),
    status: 201,
    handle: async (deps, { actor }) => {
      const drawn = await drawSample(deps, actor);
      if (drawn !== null) return { drawn };
      return refuse({ status: 409, code: 'open', title: 'Some of the last sample are not labelled yet' });
    },
  }),
  operation({
    id: 'listLabelItems',
    method: 'get',
    path: '/scorecard/items',
    scope: 'scorecard:read',
    summary: 'List what is to be labelled of the newest sample, in its order',
    answer: z.object({ data: z.array(z.object({ id, is_open: z.boolean() })) }),
    handle: async ({ db }) => ({
      data: (await listItems(db)).map((one) => ({ id: one.id, is_open: one.isOpen })),
    }),
  }),
  operation({
    id: 'readLabelItem',
    method: 'get',
    path: '/scorecard/items/{id}',
    scope: 'scorecard:read',
    summary: 'Read one post that is to be labelled',
    params: byId,
    answer: itemSchema,
    handle: readItem,
  }),
  operation({
    id: 'labelItem',
    method: 'put',
    path: '/scorecard/items/{id}/label',
    scope: 'scorecard:write',
    summary: 'Say what is true of it, for a person: labels are what the taggers are measured by',
    params: byId,
    body: labelBody,
    answer: itemSchema,
    handle: label,
  }),
  operation({
    id: 'skipItem',
    method: 'post',
    path: '/scorecard/items/{id}/skip',
    scope: 'scorecard:write',
    summary: 'Leave one out that nobody can tell',
    params: byId,
    answer: itemSchema,
    handle: async (deps, call) => {
      const item = await readItem(deps, call);
      if (await saveSkip(deps.db, call.params.id, deps.clock.now())) return item;
      return refuse({ status: 409, code: 'known', title: 'Somebody has labelled it' });
    },
  }),
];
