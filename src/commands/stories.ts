import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import { wordChanges } from '../lib/word-changes.ts';
import type { StoryId } from '../model/ids.ts';
import { getStory, listCarriers, listStories, type StorySummary } from '../store/story-pages.ts';
import { createMemoryStories } from '../understand/stories/memory-stories.ts';
import { type Command, register } from './command.ts';
import { readText } from './rule-args.ts';

const DAY_MS = 86_400_000;

/** As it may leave the store; `mask` is loaded late, since it is heavy. */
function masked(story: StorySummary, mask: (text: string) => string): StorySummary {
  const { title, text } = story.first;
  return { ...story, first: { ...story.first, title: title && mask(title), text: mask(text) } };
}

function storyLine({ id, documents, sources, authors, reach, from, first }: StorySummary): string {
  const heading = (first.title ?? first.text).slice(0, 70).replace(/\s+/g, ' ');
  const counts = `${documents} documents, ${sources} sources, ${authors} authors, reach ${reach ?? 'unknown'}`;
  return `${id}\t${from.toISOString().slice(0, 16)}\t${counts}\t${heading}`;
}

const list: Command<{ days: number; topic: string; limit: number }> = {
  name: 'stories list',
  options: [
    ['--days <n>', 'passed on in the last n days (7)'],
    ['--topic <key>', 'that mention this topic; any (the default), or all documents'],
    ['--limit <n>', 'how many to show (30)'],
  ],
  summary: 'stories: texts that several documents carry, whole, edited, in part or as a quotation',
  example: 'molva stories list --days 30 --topic romashka',
  args: z.object({
    days: z.number().positive().max(3650),
    topic: z.string().min(1),
    limit: z.number().int().min(1).max(1000),
  }),
  read: (_positional, { days, topic, limit }) => ({
    days: Number(days ?? 7),
    topic: topic ?? 'any',
    limit: Number(limit ?? 30),
  }),
  run: async ({ jobs }, { days, topic, limit }, out) => {
    const since = new Date(jobs.clock.now().getTime() - days * DAY_MS);
    const stories = await listStories(jobs.db, { since, topic }, limit, 0);
    const { withoutPrivate } = await import('../lib/private/mask.ts');
    for (const one of stories) {
      const story = masked(one, withoutPrivate);
      out.data(story, storyLine(story));
    }
    if (stories.length === 0)
      out.message(
        'No story in this time: nobody passed anything on. Wider: molva stories list --days 30 --topic all',
      );
    return 0;
  },
};

/** `+3 words −12 words`. */
function changeCounts(first: string, text: string): string {
  const count = (kind: 'added' | 'cut') =>
    wordChanges(first, text)
      .filter((part) => part.kind === kind)
      .reduce((sum, part) => sum + (part.text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0), 0);
  return `+${count('added')} −${count('cut')} words`;
}

const show: Command<{ id: number; limit: number }> = {
  name: 'stories show',
  arguments: '<id>',
  options: [['--limit <n>', 'how many documents to show (50)']],
  summary: 'one story: its first document, its spread and reach, and what each document added or cut',
  example: 'molva stories show 12',
  args: z.object({ id: z.number().int().positive(), limit: z.number().int().min(1).max(1000) }),
  read: ([id], { limit }) => ({ id: Number(id), limit: Number(limit ?? 50) }),
  run: async ({ jobs }, { id, limit }, out) => {
    const story = await getStory(jobs.db, id as StoryId);
    if (!story)
      throw new InputError([{ at: 'id', message: `there is no story ${id}; see molva stories list` }]);
    const { withoutPrivate } = await import('../lib/private/mask.ts');
    const shown = masked(story, withoutPrivate);
    const carriers = await listCarriers(jobs.db, story.id, limit, 0);
    const first = carriers[0]?.text ?? '';
    const lines = carriers.map(
      ({ saidAt, relation, author, sourceName, url, text }) =>
        `  ${saidAt.toISOString().slice(0, 16)}\t${relation}\t${changeCounts(first, text)}\t${author ?? '-'}\t${sourceName}\t${url}`,
    );
    const texts = carriers.map((one) => ({ ...one, text: withoutPrivate(one.text) }));
    out.data({ ...shown, carriers: texts }, [storyLine(shown), ...lines].join('\n'));
    if (story.documents > carriers.length) out.message(`${story.documents - carriers.length} more: --limit`);
    return 0;
  },
};

const line = z.object({ id: z.union([z.string(), z.number()]), text: z.string() });

function readLine(file: string, number: number, json: string): z.infer<typeof line> {
  try {
    return line.parse(JSON.parse(json));
  } catch {
    throw new InputError([{ at: `${file}:${number}`, message: 'is not {"id": …, "text": "…"}' }]);
  }
}

const group: Command<{ file: string; text: string }> = {
  name: 'stories group',
  arguments: '<file>',
  summary:
    'group texts of your own: JSON lines {id, text} (- for what comes in) become {id, story, relation}; nothing is stored',
  example: 'molva stories group posts.jsonl',
  args: z.object({ file: z.string(), text: z.string().max(50_000_000) }),
  read: ([file]) => ({ file: String(file), text: readText(String(file)) }),
  run: async (_deps, { file, text }, out) => {
    const stories = createMemoryStories();
    const ids: (string | number)[] = [];
    for (const [at, json] of text.split('\n').entries()) {
      if (json.trim() === '') continue;
      const one = readLine(file, at + 1, json);
      const { story, likeness } = stories.add(ids.push(one.id) - 1, one.text);
      const told = { id: one.id, story: ids[story], relation: likeness?.relation ?? 'first' };
      out.data(told, JSON.stringify(told));
    }
    return 0;
  },
};

export const commands = [register(list), register(show), register(group)];
