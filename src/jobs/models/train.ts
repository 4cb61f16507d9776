import { pause } from '../../lib/pause.ts';
import type { Comparison } from '../../model/comparison.ts';
import type { DocumentId, ModelId } from '../../model/ids.ts';
import type { LearnedQuestion } from '../../model/learned-model.ts';
import { addAudit } from '../../store/audit.ts';
import { addModel } from '../../store/models.ts';
import { adaptResources } from '../../understand/adapt/adapt-resources.ts';
import { packAdaptation, unpackAdaptation } from '../../understand/adapt/adaptation-file.ts';
import { isHeldOut } from '../../understand/adapt/groups.ts';
import { learn } from '../../understand/adapt/learn.ts';
import type { JobDeps } from '../deps.ts';
import { compareModels } from './compare.ts';
import { documentsLearnedInUse } from './compare-stored.ts';
import { readAnchors, readLessons } from './material.ts';

type Deps = Pick<JobDeps, 'db' | 'clock' | 'resources'>;

const ANCHORS = { least: 300, most: 1200, eachLesson: 2 };

export interface Training {
  /** Corrections that say something that models can learn; one of five is kept for measuring. */
  corrections: number;
  heldOut: number;
  questions: LearnedQuestion[];
  /** null: nothing was learned. */
  made: { id: ModelId; comparison: Comparison } | null;
}

/** Learns from the corrections of this installation, and keeps what was learned beside what is in use. `say`: progress. */
export async function trainModel(deps: Deps, by: string, say: (progress: string) => void): Promise<Training> {
  const { db, resources } = deps;
  const lessons = await readLessons(db);
  const taught = lessons.filter(({ group }) => !isHeldOut(group));
  const counts = { corrections: lessons.length, heldOut: lessons.length - taught.length };
  const wanted = Math.max(ANCHORS.least, Math.min(ANCHORS.most, ANCHORS.eachLesson * lessons.length));
  const anchors = lessons.length === 0 ? [] : await readAnchors(db, wanted);
  const learnable = anchors.filter(({ group }) => !isHeldOut(group));
  say(
    `${lessons.length} corrections: ${taught.length} to learn from, ${counts.heldOut} to measure by; ${learnable.length} posts that nobody has corrected`,
  );
  const shipped = adaptResources(resources, null);
  const { parts, questions } = await learn(taught, learnable, shipped, { pause, say });
  if (parts.length === 0) return { ...counts, questions, made: null };
  const bytes = packAdaptation(parts);
  const adaptation = unpackAdaptation(bytes);
  const documents = [...new Set(taught.map(({ documentId }) => documentId))];
  const learned = new Set<DocumentId>([...documents, ...(await documentsLearnedInUse(db))]);
  const candidate = adaptResources(resources, adaptation);
  say('measuring it on what it has not seen');
  const comparison = await compareModels(lessons, anchors, learned, { now: resources, candidate });
  const { cases, mended, broken, verdict } = comparison;
  const heldOut = { cases, mended: mended.length, broken: broken.length, verdict };
  const madeAt = deps.clock.now();
  const id = await db.transaction(async (tx) => {
    const made = await addModel(tx, {
      madeAt,
      by,
      corrections: taught.length,
      documents,
      version: adaptation.version,
      base: parts.map(({ model, language, base }) => `${model}-${language} ${base}`).join(', '),
      bytes,
      figures: { questions, heldOut },
    });
    const detail = { corrections: taught.length, ...heldOut };
    await addAudit(tx, { at: madeAt, actor: by, action: 'model.trained', subject: `model:${made}`, detail });
    return made;
  });
  return { ...counts, questions, made: { id, comparison } };
}
