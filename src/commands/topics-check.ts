import { z } from 'zod';
import type { Morphology } from '../model/ports.ts';
import type { Query } from '../query/ast.ts';
import { evaluate } from '../query/evaluate.ts';
import { explainQuery, writeExplained } from '../query/explain.ts';
import { formatQuery } from '../query/format.ts';
import { showCaret } from '../query/issues.ts';
import { lintQuery } from '../query/lint.ts';
import { readTopicQuery } from '../query/saved.ts';
import { whyNot } from '../query/why-not.ts';
import { listTopics } from '../store/topics.ts';
import type { Command } from './command.ts';

interface Arguments {
  query: string;
  text?: string | undefined;
}

export const topicsCheck: Command<Arguments> = {
  name: 'topics check',
  arguments: '<query>',
  options: [['--text <text>', 'does the query match this text, and why?']],
  summary: 'read a query: what is wrong with it, how it is understood, what could be better',
  example: 'molva topics check "ромашка AND (возврат OR вернуть)" --text "Ромашку вернули"',
  args: z.object({ query: z.string(), text: z.string().optional() }),
  read: ([query], options) => ({ query, text: options.text }),
  run: async ({ jobs }, { query, text }, out) => {
    const read = readTopicQuery(query, await listTopics(jobs.db));
    if ('issues' in read) {
      for (const issue of read.issues)
        out.message(`${issue.line}:${issue.column}: ${issue.message.en}\n${showCaret(query, issue)}`);
      out.data({ ok: false, issues: read.issues }, '');
      return 1;
    }
    const { morphology } = jobs.resources;
    const advice = lintQuery(read.query, morphology);
    for (const issue of advice) out.message(`${issue.line}:${issue.column}: ${issue.message.en}`);
    const explained = explainQuery(read.query, morphology);
    const verdict = text === undefined ? null : judge(read.query, text, morphology);
    out.data(
      { ok: true, read: formatQuery(read.query), explained, advice, verdict },
      [...writeExplained(explained, 'en'), ...(verdict ? ['', verdict.words] : [])].join('\n'),
    );
    return verdict?.matched === false ? 1 : 0;
  },
};

function judge(query: Query, text: string, morphology: Morphology) {
  const verdict = evaluate(query, { text }, morphology);
  if (verdict.matched) {
    const found = verdict.spans.map(({ start, end }) => text.slice(start, end));
    return { ...verdict, reasons: [], words: `matches: ${found.join(', ')}` };
  }
  const reasons = whyNot(query, { text }, morphology);
  return {
    ...verdict,
    reasons,
    words: `does not match: ${reasons.map(({ message }) => message.en).join('; ')}`,
  };
}
