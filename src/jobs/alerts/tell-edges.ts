import { loadPeople } from '../../act/alerts/people.ts';
import type { TellEdges } from '../../act/alerts/send.ts';
import type { Db } from '../../store/db.ts';
import type { JobDeps } from '../deps.ts';

type Deps = Pick<JobDeps, 'casePolicy' | 'vault' | 'delivery'>;

export async function tellEdges(db: Db, { casePolicy, vault, delivery }: Deps): Promise<TellEdges> {
  const chats = [...(delivery.chats ?? [])].map(
    ([key, { language, edit }]) => [key, { language, canEdit: edit !== undefined }] as const,
  );
  return {
    dashboardUrl: casePolicy.dashboardUrl,
    sign: vault.hash,
    people: await loadPeople(db),
    chats: new Map(chats),
  };
}
