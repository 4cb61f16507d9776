import type { EvidenceRecord } from '../../src/model/evidence.ts';
import type { CaseId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { DashboardDeps } from '../deps.ts';

type Evidence = Pick<DashboardDeps, 'db' | 'clock'>;

/** Who looks at evidence is kept. `actor`: as the audit names who looks. `caseId` null: at the whole chain. */
export async function noteLook(
  { db, clock }: Evidence,
  { actor, action, record }: { actor: string; action: string; record?: number },
  caseId: CaseId | null,
): Promise<void> {
  const entry = { at: clock.now(), actor, action, subject: caseId === null ? 'evidence' : `case:${caseId}` };
  await addAudit(db, record === undefined ? entry : { ...entry, detail: { record } });
}

/** Of the post, as it was read. */
export function hasText({ kind, contentSha256 }: EvidenceRecord): boolean {
  return contentSha256 !== null && (kind === 'text' || kind === 'edit');
}
