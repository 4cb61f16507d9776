import type { CasePayload } from '../../model/case-payload.ts';
import type { CaseId } from '../../model/ids.ts';
import { getCase } from '../../store/cases.ts';
import type { Db } from '../../store/db.ts';
import { getUser } from '../../store/users.ts';
import { caseFacts, loadComplaint, ownerFor } from './facts.ts';
import { casePayloadOf } from './payload.ts';
import type { CasePolicy } from './policy.ts';

/** What would be told of a case if it were opened now; the page behind it is not taken for that. null: there is none, or it lost what it was about. */
export async function previewPayload(
  db: Db,
  id: CaseId,
  { dashboardUrl, owner }: Pick<CasePolicy, 'dashboardUrl' | 'owner'>,
  now: Date,
): Promise<CasePayload | null> {
  const c = await getCase(db, id);
  const complaint = c ? await loadComplaint(db, c, c.mentionId) : null;
  if (!c || !complaint) return null;
  const owned = c.ownerId === null ? null : await getUser(db, c.ownerId);
  const suggested = owned?.email ?? (await ownerFor(db, complaint, owner)).label;
  return casePayloadOf(await caseFacts(db, c, complaint, suggested, null), dashboardUrl, now);
}
