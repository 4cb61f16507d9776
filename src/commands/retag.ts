import { z } from 'zod';
import type { RetagForecast } from '../jobs/retag-dry-run.ts';
import type { Versions } from '../store/rematch-runs.ts';
import { type Command, register } from './command.ts';
import { readSince } from './since.ts';

const SAMPLE = 1000;

interface Args {
  kind: string | null;
  since: string | null;
  dryRun: boolean;
}

function wordsOf(versions: Versions): string {
  return Object.entries(versions)
    .map(([kind, version]) => `${kind} ${version}`)
    .join(', ');
}

function report({ documents, sampled, changed, turns }: RetagForecast, versions: Versions): string {
  const rows = turns.map(
    ({ kind, before, after, count }) =>
      `  ${String(count).padStart(6)}  ${kind}: ${before === after ? `${before} stays` : `${before} → ${after}`}`,
  );
  const part = sampled < documents ? `${sampled} of them were looked at` : 'all were looked at';
  return [
    `${documents} documents have tags that are older than ${wordsOf(versions)}; ${part}, ${changed} would change`,
    ...rows,
  ].join('\n');
}

const retag: Command<Args> = {
  name: 'retag',
  options: [
    ['--kind <kind>', 'only tags of this kind, like sentiment'],
    ['--since <day>', 'only documents found since then: 2026-11-01, or 30d'],
    ['--dry-run', `say what would change in ${SAMPLE} documents; nothing is changed`],
  ],
  summary: 'make tags of an older version again, in the background of the running server',
  example: 'molva retag --kind sentiment --dry-run',
  args: z.object({ kind: z.string().nullable(), since: z.string().nullable(), dryRun: z.boolean() }),
  read: (_positional, options) => ({
    kind: options.kind ?? null,
    since: options.since ?? null,
    dryRun: options.dryRun === true,
  }),
  run: async ({ jobs, inServer }, { kind, since, dryRun }, out) => {
    const { requestRetag, versionsOf } = await import('../jobs/retag.ts');
    const versions = versionsOf(kind === null ? null : [kind], jobs);
    const asked = { versions, since: readSince(since, jobs.clock.now()) };
    if (dryRun) {
      const { forecastRetag } = await import('../jobs/retag-dry-run.ts');
      const forecast = await forecastRetag(jobs, asked, SAMPLE);
      out.data(forecast, report(forecast, versions));
      return 0;
    }
    const started = await jobs.db.transaction((tx) => requestRetag(tx, jobs, asked));
    if (started.run === null) {
      out.data(started, `nothing to do: all tags are of ${wordsOf(started.versions)}`);
      return 0;
    }
    if (!inServer) out.message('no server is running: the run begins when one starts');
    out.data(
      started,
      `run ${started.run}: ${started.documents} documents get tags of ${wordsOf(started.versions)}; \`molva topics list\` tells how far it is`,
    );
    return 0;
  },
};

export const commands = [register(retag)];
