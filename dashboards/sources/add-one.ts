import type { SourceId } from '../../src/model/ids.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import type { DashboardDeps } from '../deps.ts';

interface Chosen {
  kind: string;
  url: string;
  name: string;
}

/** Watches what a person chose, and writes down who did it. @throws InputError */
export async function addChosen(
  { sources, clock }: DashboardDeps,
  tx: Db,
  chosen: Chosen,
  actor: string,
): Promise<{ id: SourceId; key: string; isKnown: boolean }> {
  const source = await sources.add(tx, chosen);
  const subject = `source:${source.id}`;
  if (!source.isKnown) await addAudit(tx, { at: clock.now(), actor, action: 'source.added', subject });
  return source;
}
