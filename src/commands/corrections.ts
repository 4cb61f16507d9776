import { z } from 'zod';
import type { CorrectionCheck, WrongCase } from '../jobs/check-corrections.ts';
import { type Said, sayable } from '../model/correction.ts';
import type { JudgedCase } from '../store/corrections.ts';
import { type Command, register } from './command.ts';

const EXCERPT = 100;
const SHOWN_WRONG = 200;

interface Args {
  edited: boolean;
}

const OPTIONS = [['--edited', 'with those of texts that were edited since, as they were']] as const;
const args = z.object({ edited: z.boolean() });
const read = (_positional: unknown, options: Record<string, unknown>): Args => ({
  edited: options.edited === true,
});

/** As it may leave the store: masks keep a text's length, so spans stay right. `mask` is loaded late, since it is heavy. */
function masked(one: JudgedCase, mask: (text: string) => string): JudgedCase {
  return { ...one, title: one.title && mask(one.title), text: mask(one.text) };
}

/** One case as a line of the export: what was read, what the tagger said, what a person says. */
function toLine({ title, text, language, kind, target, targetName, targets, ...one }: JudgedCase) {
  const spans = targets.find(({ key }) => key === target)?.spans ?? [];
  const words = spans.map(({ field, start, end }) =>
    (field === 'title' ? (title ?? '') : text).slice(start, end),
  );
  const named = { key: target, names: [...new Set([targetName ?? target, ...words])], spans };
  return {
    text,
    title,
    language,
    kind,
    target: target === '' ? null : named,
    others: targets.filter(({ key }) => key !== target),
    before: sayable(kind, one.before),
    after: one.after,
    by: one.by,
    at: one.at,
    version: one.version,
  };
}

const exportCases: Command<Args> = {
  name: 'corrections export',
  options: OPTIONS,
  summary: 'write what people said of tags as JSON lines, with the texts',
  example: 'molva corrections export > corrections.jsonl',
  args,
  read,
  run: async ({ jobs }, { edited }, out) => {
    const { readCases } = await import('../jobs/check-corrections.ts');
    const { withoutPrivate } = await import('../lib/private/mask.ts');
    for await (const one of readCases(jobs.db, edited)) {
      const line = toLine(masked(one, withoutPrivate));
      out.data(line, JSON.stringify(line));
    }
    return 0;
  },
};

function wordsOf(said: Said): string {
  const words = Object.entries(said).map(([field, word]) => `${field} ${String(word)}`);
  return words.length > 0 ? words.join(', ') : 'nothing';
}

function excerptOf({ title, text }: JudgedCase): string {
  const whole = `${title ?? ''} ${text}`.trim().replace(/\s+/g, ' ');
  return whole.length > EXCERPT ? `${whole.slice(0, EXCERPT).toWellFormed()}…` : whole;
}

function wrongLine({ one, says }: WrongCase, mask: (text: string) => string): string {
  const about = one.target === '' ? one.kind : `${one.kind} towards ${one.target}`;
  return `  ${one.documentId}\t${about}: ${wordsOf(says)}, a person says ${wordsOf(one.after)}\t${excerptOf(masked(one, mask))}`;
}

function report({ agreements, wrong }: CorrectionCheck, mask: (text: string) => string): string {
  if (agreements.length === 0) return 'nobody has corrected or confirmed anything yet';
  const rows = agreements.map(({ kind, field, language, right, total }) => {
    const share = `${Math.round((100 * right) / total)} %`;
    return `${kind} ${field}\t${language}\t${right} of ${total}\t${share}`;
  });
  const rest = wrong.length > SHOWN_WRONG ? [`  … and ${wrong.length - SHOWN_WRONG} more`] : [];
  const heading = wrong.length > 0 ? [`wrong today: ${wrong.length}`] : ['wrong today: none'];
  return [
    ...rows,
    ...heading,
    ...wrong.slice(0, SHOWN_WRONG).map((one) => wrongLine(one, mask)),
    ...rest,
  ].join('\n');
}

function heardLine(model: number): string {
  return `model ${model} is in use, which has learned from most of these: on those that it has not seen \`molva model compare shipped\` holds it against the models as they came`;
}

const check: Command<Args> = {
  name: 'corrections check',
  options: OPTIONS,
  summary: "hold today's taggers against what people said, per kind and language",
  example: 'molva corrections check',
  args,
  read,
  run: async ({ jobs }, { edited }, out) => {
    const { checkCorrections } = await import('../jobs/check-corrections.ts');
    const { withoutPrivate } = await import('../lib/private/mask.ts');
    const checked = await checkCorrections(jobs.db, jobs.resources, edited);
    const wrong = checked.wrong.map(({ one, says }) => ({
      document: one.documentId,
      kind: one.kind,
      target: one.target,
      says,
      after: one.after,
    }));
    const { modelInUse } = await import('../store/models.ts');
    const inUse = await modelInUse(jobs.db);
    out.data(
      { model: inUse?.id ?? null, agreements: checked.agreements, wrong },
      [...(inUse ? [heardLine(inUse.id)] : []), report(checked, withoutPrivate)].join('\n'),
    );
    return 0;
  },
};

export const commands = [register(exportCases), register(check)];
