import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import type { Talk, TalkPhrase, TalkSize } from '../model/talk.ts';
import { findTopicByKey } from '../store/topics.ts';
import { type Command, register } from './command.ts';

const DAY_MS = 86_400_000;

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function phraseLine({
  phrase,
  mentions,
  voices,
  share,
  shareBefore,
  tones,
  query,
  longer,
}: TalkPhrase): string {
  const tone = `negative ${tones.negative}, neutral ${tones.neutral}, positive ${tones.positive}, not sure ${tones.unsure}`;
  const also = longer.length > 0 ? `\t(${longer.join(', ')})` : '';
  return `  ${phrase}\t${mentions} mentions by ${voices}\t${percent(share)}, before ${percent(shareBefore)}\t${tone}\t${query}${also}`;
}

function sampleNote(name: string, { mentions, read }: TalkSize): string[] {
  return read < mentions
    ? [`${name}: ${read} of ${mentions} mentions were read, spread evenly over the time.`]
    : [];
}

function report({ period, before, key, fresh }: Talk): string {
  const day = (at: Date) => at.toISOString().slice(0, 10);
  const newLines =
    fresh === null
      ? [
          `  too little to compare (${period.voices} authors and stories now, ${before.voices} before; at least 20 each)`,
        ]
      : fresh.length === 0
        ? ['  nothing beyond chance']
        : fresh.map(phraseLine);
  return [
    `New against ${day(before.from)} – ${day(before.to)}:`,
    ...newLines,
    'What people talk about:',
    ...(key.length === 0 ? ['  too little to tell'] : key.map(phraseLine)),
    ...sampleNote('now', period),
    ...sampleNote('before', before),
  ].join('\n');
}

const talk: Command<{ topic: string; days: number }> = {
  name: 'talk',
  arguments: '<topic>',
  options: [
    ['--days <n>', 'of the last n days (7); a time is compared with one as long before it, at least a week'],
  ],
  summary: 'what people say about a topic, and what of it is new',
  example: 'molva talk romashka --days 7',
  args: z.object({ topic: z.string().min(1), days: z.number().positive().max(3650) }),
  read: ([topic], { days }) => ({ topic, days: Number(days ?? 7) }),
  run: async ({ jobs }, { topic: key, days }, out) => {
    const { readTalk } = await import('../jobs/talk/read-talk.ts');
    const topic = await findTopicByKey(jobs.db, key);
    if (!topic)
      throw new InputError([{ at: 'topic', message: `there is no topic ${key}; see molva topics list` }]);
    const to = jobs.clock.now();
    const from = new Date(to.getTime() - days * DAY_MS);
    const told = await readTalk(jobs.db, jobs.resources.morphology, { topic, from, to, by: 'said' });
    out.data(told, report(told));
    return 0;
  },
};

export const commands = [register(talk)];
