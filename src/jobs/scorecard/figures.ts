import { type Answer, classScore, macroF1 } from '../../lib/f-score.ts';
import { Z_95 } from '../../lib/wilson.ts';
import type { Figures, GroupFigures, Measure, WeekFigures } from '../../model/scorecard.ts';
import { MEASURES } from '../../model/scorecard.ts';
import { TONES } from '../../understand/classifier/tone.ts';
import type { Weighed } from './weigh.ts';

const COMPLAINT = 'complaint';
/** A kind of source with fewer labels has no figures of its own. */
const ENOUGH_OF_SOURCE = 30;

/** Where the person cannot tell the tone, the taggers cannot be wrong; where only they are not sure, they have missed it. */
function toneAnswers(rows: readonly Weighed[]): Answer[] {
  return rows
    .filter(({ label }) => label.tone !== 'unsure')
    .map(({ weight, label, machine }) => ({ weight, said: machine.tone, truth: label.tone }));
}

function complaintAnswers(rows: readonly Weighed[]): Answer[] {
  const word = (isComplaint: boolean): string | null => (isComplaint ? COMPLAINT : null);
  return rows.map(({ weight, label, machine }) => ({
    weight,
    said: word(machine.complaint),
    truth: word(label.complaint),
  }));
}

/** `z`: of the intervals, 95 % without it. */
export function measure(of: Measure, rows: readonly Weighed[], z: number = Z_95): Figures {
  if (of === 'tone') {
    const answers = toneAnswers(rows);
    const classes = TONES.map((name) => classScore(name, answers, z));
    return { labels: answers.length, classes, f1: macroF1(TONES, answers, z) };
  }
  const complaints = classScore(COMPLAINT, complaintAnswers(rows), z);
  return { labels: rows.length, classes: [complaints], f1: complaints.f1 };
}

export function versionOf(of: Measure, { machine }: Weighed): string {
  return of === 'tone' ? machine.toneVersion : machine.complaintVersion;
}

function groupBy(rows: readonly Weighed[], key: (row: Weighed) => string): [string, Weighed[]][] {
  const groups = new Map<string, Weighed[]>();
  for (const row of rows) {
    const group = groups.get(key(row));
    if (group) group.push(row);
    else groups.set(key(row), [row]);
  }
  return [...groups].sort((a, b) => b[1].length - a[1].length || (a[0] < b[0] ? -1 : 1));
}

/** By what the taggers said when: the version that was met last comes first. */
function byVersion(of: Measure, rows: readonly Weighed[]): [string, Weighed[]][] {
  const last = (group: readonly Weighed[]): number => Math.max(...group.map(({ at }) => at.getTime()));
  return groupBy(rows, (row) => versionOf(of, row)).sort((a, b) => last(b[1]) - last(a[1]));
}

export function newestVersion(of: Measure, rows: readonly Weighed[]): string | null {
  return byVersion(of, rows)[0]?.[0] ?? null;
}

type Group = Pick<GroupFigures, 'language' | 'sourceKind'> & { rows: Weighed[] };

/** All, each language, and of the newest models each kind of source of which there are enough. */
function groupsOf(rows: readonly Weighed[], withSources: boolean): Group[] {
  const languages = groupBy(rows, ({ language }) => language).map(([language, own]) => ({
    language,
    sourceKind: null,
    rows: own,
  }));
  const all = languages.length > 1 ? [{ language: null, sourceKind: null, rows: [...rows] }] : [];
  const sources = withSources
    ? languages.flatMap(({ language, rows: own }) =>
        groupBy(own, ({ sourceKind }) => sourceKind)
          .filter(([, of]) => of.length >= ENOUGH_OF_SOURCE)
          .map(([sourceKind, of]) => ({ language, sourceKind, rows: of })),
      )
    : [];
  return [...all, ...languages, ...sources];
}

function timeOf(rows: readonly Weighed[]): { from: Date; to: Date } {
  return {
    from: new Date(Math.min(...rows.map(({ from }) => from.getTime()))),
    to: new Date(Math.max(...rows.map(({ to }) => to.getTime()))),
  };
}

/** Per measure, version and group; models are never mixed. */
export function groupFigures(rows: readonly Weighed[]): GroupFigures[] {
  return MEASURES.flatMap((of) =>
    byVersion(of, rows).flatMap(([version, own], at) =>
      groupsOf(own, at === 0).map(({ language, sourceKind, rows: group }) => ({
        ...measure(of, group),
        ...timeOf(group),
        measure: of,
        language,
        sourceKind,
        version,
        isNewest: at === 0,
      })),
    ),
  );
}

/** Per period, the oldest first. */
export function weekFigures(rows: readonly Weighed[]): WeekFigures[] {
  const weeks = groupBy(rows, ({ from }) => from.toISOString()).sort((a, b) => (a[0] < b[0] ? -1 : 1));
  return weeks.map(([, own], at) => {
    const before = weeks[at - 1]?.[1];
    const of = (one: Measure) => ({
      f1: measure(one, own).f1,
      isNew: before !== undefined && newestVersion(one, own) !== newestVersion(one, before),
    });
    return { ...timeOf(own), labels: own.length, figures: { tone: of('tone'), complaint: of('complaint') } };
  });
}
