import { pause } from '../../lib/pause.ts';
import type { ComparedCase, Comparison } from '../../model/comparison.ts';
import type { DocumentId } from '../../model/ids.ts';
import type { TagResources } from '../../model/ports.ts';
import type { LanguageTag, Tag } from '../../model/tag.ts';
import { findTag } from '../../model/tag.ts';
import { compareCases } from '../../understand/adapt/compare-cases.ts';
import { isHeldOut } from '../../understand/adapt/groups.ts';
import { type Anchor, USUAL_ERROR } from '../../understand/adapt/learn.ts';
import { freshText, type Lesson, replyOf, taggersReply } from '../../understand/adapt/lesson.ts';
import { understand } from '../../understand/understand.ts';
import type { StoredLesson } from './material.ts';

function tagsOf(text: Lesson['text'], resources: TagResources): Tag[] {
  return understand(freshText(text), resources);
}

/**
 * What is in use against a candidate, on the corrections that are held out for measuring and that neither has learned from. `learned`: documents
 * of which either has.
 */
export async function compareModels(
  lessons: readonly StoredLesson[],
  others: readonly Anchor[],
  learned: ReadonlySet<DocumentId>,
  sides: Record<'now' | 'candidate', TagResources>,
): Promise<Comparison> {
  const cases: ComparedCase[] = [];
  for (const lesson of lessons) {
    if (!isHeldOut(lesson.group) || learned.has(lesson.documentId)) continue;
    await pause();
    cases.push(toCase(lesson, sides));
  }
  let changed = 0;
  const doubts: number[] = [];
  const kept = others.filter(({ group }) => isHeldOut(group));
  for (const { text } of kept) {
    await pause();
    const [now, candidate] = [tagsOf(text, sides.now), tagsOf(text, sides.candidate)];
    if (repliesIn(now) !== repliesIn(candidate)) changed += 1;
    const tone = findTag<{ confidence: number }>(now, 'sentiment');
    if (tone) doubts.push(1 - tone.value.confidence);
  }
  const error = doubts.length === 0 ? USUAL_ERROR : doubts.reduce((sum, one) => sum + one, 0) / doubts.length;
  return { ...compareCases(cases, error), others: { posts: kept.length, changed } };
}

function toCase(
  { id, documentId, kind, target, said, text }: StoredLesson,
  { now, candidate }: Record<'now' | 'candidate', TagResources>,
): ComparedCase {
  const reply = replyOf(kind, said);
  if (!reply) throw new TypeError('a lesson says something');
  const tags = tagsOf(text, now);
  return {
    id,
    documentId,
    question: reply.question,
    language: findTag<LanguageTag>(tags, 'language')?.value.code ?? 'und',
    isTowards: target !== '',
    right: reply.answer,
    now: taggersReply(tags, kind, target),
    candidate: taggersReply(tagsOf(text, candidate), kind, target),
  };
}

function repliesIn(tags: readonly Tag[]): string {
  return tags.map(({ kind, value }) => replyOf(kind, value)?.answer ?? '').join(' ');
}
