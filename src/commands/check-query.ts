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
import type { CommandDeps, ExitCode, Output } from './command.ts';

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

/** What `molva topics check` says; 1 when the query cannot be read or does not match the text. */
export async function checkQuery(
  jobs: CommandDeps['jobs'],
  query: string,
  text: string | null,
  out: Output,
): Promise<ExitCode> {
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
  const verdict = text === null ? null : judge(read.query, text, morphology);
  out.data(
    { ok: true, read: formatQuery(read.query), explained, advice, verdict },
    [...writeExplained(explained, 'en'), ...(verdict ? ['', verdict.words] : [])].join('\n'),
  );
  return verdict?.matched === false ? 1 : 0;
}
