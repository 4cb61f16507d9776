import type { ComparedCase, ComparedRow, Comparison } from '../model/comparison.ts';
import type { Estimate } from '../model/estimate.ts';

const SHOWN = 20;

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

function figure({ value, low, high }: Estimate): string {
  return `${percent(value)} (${(100 * low).toFixed(0)}–${(100 * high).toFixed(0)})`;
}

function rowLines({ question, isTowards, language, cases, now, candidate }: ComparedRow): string[] {
  const line = (name: string, before: Estimate | null, after: Estimate | null): string[] =>
    before && after ? [`  ${name}\t${figure(before)}\t→ ${figure(after)}`] : [];
  return [
    `${question}${isTowards ? ' towards topics' : ''}, ${language}: ${cases} corrections`,
    ...line('accuracy', now.accuracy, candidate.accuracy),
    ...line('macro-F1', now.macroF1, candidate.macroF1),
    ...line('precision of complaints', now.precision, candidate.precision),
    ...line('recall of complaints', now.recall, candidate.recall),
  ];
}

function caseLines(heading: string, cases: readonly ComparedCase[]): string[] {
  if (cases.length === 0) return [];
  const more = cases.length > SHOWN ? [`  … and ${cases.length - SHOWN} more`] : [];
  return [
    heading,
    ...cases
      .slice(0, SHOWN)
      .map(
        ({ documentId, question, now, candidate, right }) =>
          `  ${documentId}\t${question}: ${now} → ${candidate}, a person says ${right}`,
      ),
    ...more,
  ];
}

/** By documents' numbers, without their words. The last line is the verdict. */
export function comparisonText(comparison: Comparison): string {
  const { rows, cases, mended, broken, others } = comparison;
  return [
    ...rows.flatMap(rowLines),
    ...caseLines('mended', mended),
    ...caseLines('broken', broken),
    `of ${others.posts} posts that nobody has corrected ${others.changed} would change their tone, complaint or kind`,
    `of ${cases} corrections that neither has learned from ${mended.length} are mended, ${broken.length} broken`,
    verdictText(comparison),
  ].join('\n');
}

function verdictText({ verdict, cases, confirmed, broken, chance, gain }: Comparison): string {
  const p = `p = ${chance < 0.001 ? '< 0.001' : chance.toFixed(3)}`;
  if (verdict === 'better')
    return `better (${p}; of all posts about ${percent(gain ?? 0)} more would be right)`;
  if (verdict === 'worse')
    return `worse (${p}; ${broken.length} of ${confirmed} that are right today would break)`;
  if (cases === 0) return 'cannot tell with 0: all corrections were learned from';
  if (chance < 0.05 && gain === null)
    return `cannot tell with ${cases}: say Right where it is right, so that what would break can be seen`;
  if (chance < 0.05)
    return `cannot tell with ${cases}: what it mends among mistakes may be lost among what is right (${broken.length} of ${confirmed} break)`;
  return `cannot tell with ${cases}: the difference may be chance (${p})`;
}
