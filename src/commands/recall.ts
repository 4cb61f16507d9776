import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import {
  type CoverageEstimate,
  MISS_CAUSES,
  MISS_STATES,
  type MissCause,
  type MissFix,
  type MissState,
  type MissTrace,
  type SiteCoverage,
} from '../model/recall.ts';
import { listCanaryDocuments } from '../store/canary-documents.ts';
import { getMiss, listMisses, type Miss, medianTimeToFix } from '../store/recall-misses.ts';
import { type Command, register } from './command.ts';

const MARKS = { ok: '✓', failed: '✗', unknown: '?', skipped: '-' };

/** What mends it, as a command or as the page where it is done. */
function fixLine(fix: MissFix | null): string {
  switch (fix?.kind) {
    case undefined:
      return '';
    case 'add-source':
      return `molva source discover ${fix.address}`;
    case 'restore-source':
      return `molva source add ${fix.url} --kind ${fix.sourceKind}`;
    case 'crawl-now':
      return `molva crawl run ${fix.source}`;
    case 'enable-source':
    case 'mend-selectors':
    case 'look-at-source':
      return `dashboard: /sources/${fix.source}`;
    case 'shorten-interval':
      return `dashboard: /sources/${fix.source}, visit it every ${Math.round(fix.everyMs / 60_000)} min`;
    case 'add-example':
      return `widen the topic${fix.topic === null ? '' : ` ${fix.topic}`}; the ledger’s page adds the text to its examples`;
    case 'open-topic':
      return 'dashboard: /topics';
    case 'restore-mention':
    case 'empty-basket':
      return 'the ledger’s page puts the mention back';
    case 'rematch':
      return 'the ledger’s page matches the past again';
    case 'open-document':
      return `dashboard: /mentions/${fix.document}`;
  }
}

function traceLines({ cause, steps, fix }: MissTrace): string {
  const lines = steps.flatMap((step) => {
    const facts = Object.entries(step.facts).map(([name, value]) => `${name}=${value}`);
    return [
      `${MARKS[step.result]} ${step.stage}: ${step.message.en}`,
      ...step.reasons.map((reason) => `    ${reason.en}`),
      ...(facts.length > 0 ? [`    ${facts.join(' ')}`] : []),
    ];
  });
  const remedy = fixLine(fix);
  return [`cause: ${cause}`, ...lines, ...(remedy === '' ? [] : [`next: ${remedy}`])].join('\n');
}

function missLine({ id, state, cause, reports, reportedAt, topicKey, address, text }: Miss): string {
  const what = address === '' ? `«${text.slice(0, 60).replace(/\s+/g, ' ')}»` : address;
  return [id, state, cause, `${reports}×`, reportedAt.toISOString().slice(0, 10), topicKey ?? '-', what].join(
    '\t',
  );
}

const pasted = {
  arguments: '[address]',
  options: [
    ['--topic <key>', 'the topic that should have caught it; any when left out'],
    ['--text <words>', 'words of the post; enough without an address'],
  ],
  args: z.object({ address: z.string(), text: z.string(), topic: z.string().nullable() }),
  read: ([address]: readonly (string | string[] | undefined)[], options: Record<string, unknown>) => ({
    address: address ?? '',
    text: options.text ?? '',
    topic: options.topic ?? null,
  }),
} as const;
type Pasted = z.infer<typeof pasted.args>;

const report: Command<Pasted> = {
  ...pasted,
  name: 'recall report',
  summary: 'report a post that was not caught: why, and what to do; noted in the ledger of misses',
  example: 'molva recall report https://forum.example.com/t/15#p77 --topic romashka',
  run: async ({ jobs }, args, out) => {
    const { reportMiss, TRACE_LIMIT_MS } = await import('../jobs/report-miss.ts');
    const { id, trace } = await reportMiss(jobs, args, 'cli', AbortSignal.timeout(TRACE_LIMIT_MS));
    out.data({ id, ...trace }, traceLines(trace));
    out.message(`noted as ${id}; again: molva recall show ${id}`);
    return 0;
  },
};

const trace: Command<Pasted> = {
  ...pasted,
  name: 'recall trace',
  summary: 'find out why a post was not caught, without noting it in the ledger',
  example: 'molva recall trace https://blog.example.com/2026/kettle --text "курьер не приехал"',
  run: async ({ jobs }, args, out) => {
    const { traceReport, TRACE_LIMIT_MS } = await import('../jobs/report-miss.ts');
    const traced = await traceReport(jobs, args, AbortSignal.timeout(TRACE_LIMIT_MS));
    out.data(traced, traceLines(traced));
    return 0;
  },
};

const list: Command<{ state: MissState | null; cause: MissCause | null; limit: number }> = {
  name: 'recall list',
  options: [
    ['--state <state>', MISS_STATES.join(', ')],
    ['--cause <cause>', MISS_CAUSES.join(', ')],
    ['--limit <n>', 'how many to show (50)'],
  ],
  summary: 'the ledger of misses: what was reported, why it was missed, what became of it',
  example: 'molva recall list --state open',
  args: z.object({
    state: z.enum(MISS_STATES).nullable(),
    cause: z.enum(MISS_CAUSES).nullable(),
    limit: z.number().int().min(1).max(1000),
  }),
  read: (_positional, { state, cause, limit }) => ({
    state: state ?? null,
    cause: cause ?? null,
    limit: Number(limit ?? 50),
  }),
  run: async ({ jobs }, { limit, ...filter }, out) => {
    const misses = await listMisses(jobs.db, filter, limit, 0);
    for (const miss of misses) out.data(miss, missLine(miss));
    const median = await medianTimeToFix(jobs.db);
    if (median)
      out.message(
        `median from report to catch: ${(median.ms / 3_600_000).toFixed(1)} h (${median.count} fixed)`,
      );
    if (misses.length === 0) out.message('Nothing here. Report a miss: molva recall report <address>');
    return 0;
  },
};

const show: Command<{ id: number }> = {
  name: 'recall show',
  arguments: '<id>',
  summary: 'one entry of the ledger with its last trace',
  example: 'molva recall show 12',
  args: z.object({ id: z.number().int().positive() }),
  read: ([id]) => ({ id: Number(id) }),
  run: async ({ jobs }, { id }, out) => {
    const miss = await getMiss(jobs.db, id);
    if (!miss)
      throw new InputError([{ at: 'id', message: `there is no entry ${id}; see molva recall list` }]);
    out.data(miss, `${missLine(miss)}\n${traceLines(miss.trace)}`);
    return 0;
  },
};

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function estimateLine({ total, share, shareLow, shareHigh }: CoverageEstimate): string {
  return `${percent(share)} of about ${Math.round(total)} (95 %: ${percent(shareLow)} to ${percent(shareHigh)})`;
}

function siteLine({ site, ways, first, second, both, any, estimate }: SiteCoverage): string {
  const found = `${ways[0]} found ${first}, ${ways[1]} ${second}, both ${both}, together ${any}`;
  return `${site}\t${estimate ? estimateLine(estimate) : 'too few were found by both to tell'}\t${found}`;
}

const coverage: Command<object> = {
  name: 'recall coverage',
  summary:
    'how much of what is published is collected, estimated where two sources bring posts of one site; and the planted posts',
  example: 'molva recall coverage --json',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const { measureCoverage } = await import('../jobs/coverage.ts');
    const { sites, overall, looked, isCut, from, to } = await measureCoverage(jobs);
    for (const site of sites) out.data(site, siteLine(site));
    if (overall) out.data({ site: null, estimate: overall }, `all\t${estimateLine(overall)}`);
    for (const { sourceKey, address, words, plantedAt, foundAt, missedAt } of await listCanaryDocuments(
      jobs.db,
      200,
    )) {
      const state = foundAt ? `found ${foundAt.toISOString()}` : missedAt ? 'missed' : 'waiting';
      const canary = { source: sourceKey, address, words, plantedAt, foundAt, missedAt };
      out.data({ canary }, `planted\t${sourceKey}\t${state}\t${address || words}`);
    }
    out.message(
      `${looked} documents from ${from.slice(0, 10)} to ${to.slice(0, 10)}${isCut ? ', no more are looked at' : ''}; ${sites.length} sites with two ways of collection`,
    );
    return 0;
  },
};

export const commands = [
  register(report),
  register(trace),
  register(list),
  register(show),
  register(coverage),
];
