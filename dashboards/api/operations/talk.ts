import { z } from 'zod';
import type { TalkPhrase, TalkSize } from '../../../src/model/talk.ts';
import { operation } from '../operation.ts';
import { at, id, iso, whole } from '../shapes.ts';
import { topicUnder } from '../topic.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const MOST_DAYS = 31;

const phraseSchema = z
  .object({
    phrase: z.string(),
    query: z.string().describe('Finds its mentions'),
    mentions: z.int(),
    mentions_before: z.int(),
    voices: z.int().describe('Authors and stories, each once'),
    voices_before: z.int(),
    share: z.number(),
    share_before: z.number(),
    tones: z.object({ negative: z.int(), neutral: z.int(), positive: z.int(), unsure: z.int() }),
    documents: z.array(id).describe('Examples'),
  })
  .meta({ id: 'Phrase' });

const sizeSchema = z.object({ from: at, to: at, mentions: z.int(), read: z.int(), voices: z.int() });

const phraseOf = (one: TalkPhrase): z.input<typeof phraseSchema> => ({
  phrase: one.phrase,
  query: one.query,
  mentions: one.mentions,
  mentions_before: one.mentionsBefore,
  voices: one.voices,
  voices_before: one.voicesBefore,
  share: one.share,
  share_before: one.shareBefore,
  tones: one.tones,
  documents: one.examples,
});

const sizeOf = ({ from, to, mentions, read, voices }: TalkSize): z.input<typeof sizeSchema> => ({
  from: iso(from),
  to: iso(to),
  mentions,
  read,
  voices,
});

export const talk = [
  operation({
    id: 'readTalk',
    method: 'get',
    path: '/talk',
    scope: 'talk:read',
    summary: 'Read which phrases people use about a topic, and which of them are new',
    query: z.strictObject({ topic: z.string().min(1).max(64), days: whole(1, MOST_DAYS).default(7) }),
    answer: z.object({
      topic: z.string(),
      period: sizeSchema,
      before: sizeSchema.describe('What it is compared with'),
      key: z.array(phraseSchema).describe('What sets the topic apart, the most telling first'),
      fresh: z.array(phraseSchema).nullable().describe('Said more than before; null: too little to compare'),
    }),
    handle: async (deps, { query, now }) => {
      const topic = await topicUnder(deps, query.topic);
      // Whole minutes: who asks again and again is told what was worked out.
      const to = new Date(now.getTime() - (now.getTime() % MINUTE_MS));
      const from = new Date(to.getTime() - query.days * DAY_MS);
      const { period, before, key, fresh } = await deps.actions.talk({ topic, from, to, by: 'said' });
      return {
        topic: topic.key,
        period: sizeOf(period),
        before: sizeOf(before),
        key: key.map(phraseOf),
        fresh: fresh?.map(phraseOf) ?? null,
      };
    },
  }),
];
