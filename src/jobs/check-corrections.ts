import { agrees, type Said, sayable } from '../model/correction.ts';
import type { DocumentKind } from '../model/document.ts';
import type { TagResources } from '../model/ports.ts';
import { findTag, type Tag } from '../model/tag.ts';
import { type JudgedCase, nextCases } from '../store/corrections.ts';
import type { Db } from '../store/db.ts';
import { understand } from '../understand/understand.ts';

const BATCH = 200;

/** All cases, in the order in which they were made. */
export async function* readCases(db: Db, isEdited: boolean): AsyncGenerator<JudgedCase> {
  let after = 0;
  for (;;) {
    const cases = await nextCases(db, { after, isEdited, limit: BATCH });
    yield* cases;
    const last = cases.at(-1);
    if (!last) return;
    after = last.id;
  }
}

/** The tag that a case is about, as taggers make it today; undefined when they make none. */
export function tagOfCase(one: JudgedCase, resources: TagResources): Tag | undefined {
  const document = {
    title: one.title,
    text: one.text,
    kind: one.documentKind as DocumentKind,
    declaredLanguage: one.declaredLanguage,
  };
  const tags = understand({ document, targets: one.targets }, resources);
  return findTag(tags, one.kind, one.target);
}

/** How often taggers say today what people have said, of one field of one kind in texts of one language. */
export interface Agreement {
  kind: string;
  field: string;
  language: string;
  right: number;
  total: number;
}

export interface WrongCase {
  one: JudgedCase;
  /** What the taggers say, in the fields of which the person has said something. */
  says: Said;
}

export interface CorrectionCheck {
  agreements: Agreement[];
  wrong: WrongCase[];
}

function countField(
  agreements: Map<string, Agreement>,
  about: Omit<Agreement, 'right' | 'total'>,
  isRight: boolean,
) {
  const name = `${about.kind} ${about.field} ${about.language}`;
  const known = agreements.get(name) ?? { ...about, right: 0, total: 0 };
  agreements.set(name, { ...known, right: known.right + (isRight ? 1 : 0), total: known.total + 1 });
}

/** Runs today's taggers over all that people have said, without letting them know it. Nothing is written. */
export async function checkCorrections(
  db: Db,
  resources: TagResources,
  isEdited: boolean,
): Promise<CorrectionCheck> {
  const agreements = new Map<string, Agreement>();
  const wrong: WrongCase[] = [];
  for await (const one of readCases(db, isEdited)) {
    const value = tagOfCase(one, resources)?.value;
    const language = one.kind === 'language' ? String(one.after.code) : (one.language ?? 'und');
    for (const [field, word] of Object.entries(one.after))
      countField(agreements, { kind: one.kind, field, language }, agrees(value, { [field]: word }));
    if (!agrees(value, one.after)) wrong.push({ one, says: sayable(one.kind, value) });
  }
  const sorted = [...agreements.values()].sort(
    (a, b) => a.kind.localeCompare(b.kind) || a.field.localeCompare(b.field) || b.total - a.total,
  );
  return { agreements: sorted, wrong };
}
