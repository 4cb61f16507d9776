import { z } from 'zod';
import { PREVIEW_LIMITS, previewCandidate } from '../jobs/preview.ts';
import { type Command, register } from './command.ts';
import { candidateLine, documentLines, noteLine } from './source-words.ts';

const LIMIT_MS = 120_000;

const find: Command<{ url: string }> = {
  name: 'source discover',
  arguments: '<url>',
  summary: 'look what could be watched at an address: feeds, forum, channel, site',
  example: 'molva source discover example.com',
  args: z.object({ url: z.string() }),
  read: ([url]) => ({ url }),
  run: async ({ discovery }, { url }, out) => {
    const { discover } = await import('../jobs/discover.ts');
    const { candidates, notes } = await discover(discovery, url, AbortSignal.timeout(LIMIT_MS));
    for (const note of notes) out.message(noteLine(note));
    for (const candidate of candidates) out.data(candidate, candidateLine(candidate));
    const [best] = candidates;
    out.message(
      best
        ? `Try the best one: molva source test ${best.url} --kind ${best.kind}`
        : 'Nothing was found that could be watched.',
    );
    return best ? 0 : 1;
  },
};

const test: Command<{ url: string; kind?: string | undefined; pages: number }> = {
  name: 'source test',
  arguments: '<url>',
  options: [
    ['--kind <kind>', 'kind of source; without it the best that is found at the address'],
    ['--pages <number>', `pages to read at most, by default ${PREVIEW_LIMITS.pages}`],
  ],
  summary: 'show what would be collected; nothing is stored',
  example: 'molva source test https://forum.example.com --pages 10',
  args: z.object({
    url: z.string(),
    kind: z.string().optional(),
    pages: z.coerce.number().int().min(1).max(200).default(PREVIEW_LIMITS.pages),
  }),
  read: ([url], { kind, pages }) => ({ url, kind, pages }),
  run: async ({ discovery }, { url, kind, pages }, out) => {
    const { chooseCandidate } = await import('../jobs/choose-candidate.ts');
    const signal = AbortSignal.timeout(LIMIT_MS);
    const candidate = await chooseCandidate(discovery, url, kind, signal);
    out.message(`recognised as: ${candidate.kind}, ${candidate.name} (${candidate.url})`);
    const limits = { pages, documents: Math.max(10, pages * 5) };
    const preview = await previewCandidate(discovery, candidate, signal, limits);
    for (const document of preview.documents) out.data(document, documentLines(document));
    for (const note of preview.notes) out.message(noteLine(note));
    out.message(
      `${preview.found} documents on ${preview.pages.length} pages; ${preview.waiting} more pages are known`,
    );
    return preview.found > 0 ? 0 : 1;
  },
};

export const discoverCommand = register(find);
export const testCommand = register(test);
