import type { ExampleText, Topic } from '../../src/model/topic.ts';
import { addAudit } from '../../src/store/audit.ts';
import { MAX_EXAMPLE_TEXT, removeExample, saveExample } from '../../src/store/topic-examples.ts';
import type { DashboardDeps } from '../deps.ts';

type Kept = Pick<Topic, 'id'>;

/** Keeps a text that a topic must find, or must not. null: it is too long. */
export async function addExample(
  { db, clock }: DashboardDeps,
  actor: string,
  topic: Kept,
  example: ExampleText,
): Promise<number | null> {
  if (example.text.length > MAX_EXAMPLE_TEXT) return null;
  const at = clock.now();
  return db.transaction(async (tx) => {
    const id = await saveExample(tx, topic.id, example, actor, at);
    const detail = { example: id, mustMatch: example.mustMatch };
    await addAudit(tx, {
      at,
      actor,
      action: 'topic.example.added',
      subject: `topic:${topic.id}`,
      detail,
    });
    return id;
  });
}

/** False: this topic has no such example. */
export async function forgetExample(
  { db, clock }: DashboardDeps,
  actor: string,
  topic: Kept,
  id: number,
): Promise<boolean> {
  const at = clock.now();
  return db.transaction(async (tx) => {
    if (!(await removeExample(tx, topic.id, id))) return false;
    await addAudit(tx, {
      at,
      actor,
      action: 'topic.example.removed',
      subject: `topic:${topic.id}`,
      detail: { example: id },
    });
    return true;
  });
}
