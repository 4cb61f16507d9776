import type { DocumentKind } from '../../model/document.ts';
import type { CorrectionId, DocumentId } from '../../model/ids.ts';
import { type JudgedCase, uncorrectedDocuments } from '../../store/corrections.ts';
import type { Db } from '../../store/db.ts';
import { storyGroups } from '../../store/stories.ts';
import type { Anchor } from '../../understand/adapt/learn.ts';
import { type Lesson, replyOf } from '../../understand/adapt/lesson.ts';
import { readCases } from '../check-corrections.ts';
import { readRetaggable } from '../retag-documents.ts';

const BATCH = 100;

/** What a person has said of a tag, as something to learn from or to measure by. */
export interface StoredLesson extends Lesson {
  id: CorrectionId;
  documentId: DocumentId;
}

function toLesson(one: JudgedCase): StoredLesson {
  const { id, documentId, title, text, declaredLanguage, targets, kind, target, after } = one;
  const document = { title, text, kind: one.documentKind as DocumentKind, declaredLanguage };
  return { id, documentId, text: { document, targets }, kind, target, said: after, group: documentId };
}

/** All that models can learn of what people have said, of texts that were edited since too, each with the text that was judged. */
export async function readLessons(db: Db): Promise<StoredLesson[]> {
  const lessons: StoredLesson[] = [];
  for await (const one of readCases(db, true)) if (replyOf(one.kind, one.after)) lessons.push(toLesson(one));
  return withGroups(db, lessons);
}

/** Posts of topics that nobody has said anything of. */
export async function readAnchors(db: Db, count: number): Promise<(Anchor & { documentId: DocumentId })[]> {
  const ids = await uncorrectedDocuments(db, count);
  const anchors: (Anchor & { documentId: DocumentId })[] = [];
  for (let at = 0; at < ids.length; at += BATCH)
    for (const { document, mentions } of (await readRetaggable(db, ids.slice(at, at + BATCH))).values()) {
      const targets = mentions.map(({ key, spans }) => ({ key, spans }));
      anchors.push({ text: { document, targets }, group: document.id, documentId: document.id });
    }
  return withGroups(db, anchors);
}

async function withGroups<One extends { documentId: DocumentId; group: number }>(
  db: Db,
  all: readonly One[],
): Promise<One[]> {
  const groups = await storyGroups(
    db,
    all.map(({ documentId }) => documentId),
  );
  return all.map((one) => ({ ...one, group: groups.get(one.documentId) ?? one.documentId }));
}
