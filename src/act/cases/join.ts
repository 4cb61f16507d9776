import { InputError } from '../../lib/errors.ts';
import type { Case } from '../../model/case.ts';
import type { CaseId, CaseIncidentId, MentionId, UserId } from '../../model/ids.ts';
import { addCaseEvent } from '../../store/case-events.ts';
import {
  addCase,
  changeCase,
  listCasePosts,
  listCasesOfIncident,
  lockCases,
  moveCasePosts,
} from '../../store/cases.ts';
import { getCustomers } from '../../store/customers.ts';
import type { Db } from '../../store/db.ts';
import { addIncident, getIncident, setIncidentClosed, setIncidentOwner } from '../../store/incidents.ts';
import { reviseCase } from './revise.ts';
import { tellWithdrawal } from './withdraw.ts';

interface By {
  actor: string;
  now: Date;
}

function refuse(message: string): never {
  throw new InputError([{ at: 'case', message }]);
}

const isInUse = ({ status }: Case): boolean => status !== 'withdrawn' && status !== 'merged';

/**
 * Makes the posts of `other` posts of `into`, both being one customer's; the CRM is told that the one is part of the other.
 * @throws InputError when they cannot be one case
 */
export async function mergeCases(
  tx: Db,
  { into, other }: { into: CaseId; other: CaseId },
  dashboardUrl: string,
  { actor, now }: By,
): Promise<void> {
  const cases = await lockCases(tx, [into, other]);
  const kept = cases.find(({ id }) => id === into);
  const gone = cases.find(({ id }) => id === other);
  if (!kept || !gone || into === other || !isInUse(kept) || !isInUse(gone))
    refuse('there are no such two cases that could be one');
  const owners = await getCustomers(tx, [kept.customerId, gone.customerId]);
  const people = new Set(owners.map(({ id, mergedInto }) => mergedInto ?? id));
  if (people.size !== 1) refuse('these are cases of two customers; make them one incident instead');
  await moveCasePosts(tx, other, into, null);
  await changeCase(tx, into, {
    severity: Math.max(kept.severity, gone.severity) as Case['severity'],
    dueAt: gone.dueAt < kept.dueAt ? gone.dueAt : kept.dueAt,
    lastPostAt: gone.lastPostAt > kept.lastPostAt ? gone.lastPostAt : kept.lastPostAt,
  });
  await changeCase(tx, other, { status: 'merged', mergedInto: into, closedAt: now });
  await addCaseEvent(tx, into, { at: now, actor, kind: 'merged', detail: { with: other } });
  await addCaseEvent(tx, other, { at: now, actor, kind: 'merged', detail: { into } });
  const [customer] = owners;
  await tellWithdrawal(
    tx,
    gone,
    {
      case: { id: other, link: `${dashboardUrl}/cases/${other}` },
      customer: { external_id: customer?.externalId ?? '' },
      reason: 'merged',
      into,
    },
    now,
  );
}

/**
 * Takes posts out of a case into one of their own, which has the same time to be answered. Returns its number; the caller tells the CRM of it.
 * @throws InputError when none or all of its posts are named
 */
export async function splitCase(
  tx: Db,
  { id, mentions }: { id: CaseId; mentions: readonly MentionId[] },
  { actor, now }: By,
): Promise<CaseId> {
  const [c] = await lockCases(tx, [id]);
  if (!c || !isInUse(c)) refuse('there is no such case');
  const posts = await listCasePosts(tx, id);
  const moved = posts.filter(({ mentionId }) => mentions.includes(mentionId));
  if (moved.length === 0 || moved.length === posts.length)
    refuse('name some posts of the case, but not all of them');
  const part = await addCase(tx, { ...c, openedAt: now });
  await moveCasePosts(
    tx,
    id,
    part,
    moved.map(({ mentionId }) => mentionId),
  );
  await addCaseEvent(tx, id, { at: now, actor, kind: 'split', detail: { into: part, posts: moved.length } });
  await addCaseEvent(tx, part, { at: now, actor, kind: 'split', detail: { from: id, posts: moved.length } });
  return part;
}

/**
 * Puts cases of several people into one incident, which one person owns: they become the owner of each. `incident`: one of before, or a new
 * one's name. Returns its number.
 * @throws InputError when a case or the incident is gone
 */
export async function joinIncident(
  tx: Db,
  asked: { cases: readonly CaseId[]; incident: CaseIncidentId | string; owner: UserId | null },
  { actor, now }: By,
): Promise<CaseIncidentId> {
  const cases = await lockCases(tx, asked.cases);
  if (cases.length === 0 || cases.length !== asked.cases.length || !cases.every(isInUse))
    refuse('there are no such cases');
  const { incident, owner } = asked;
  const id = typeof incident === 'string' ? await addIncident(tx, incident, owner, now) : incident;
  const known = await getIncident(tx, id);
  if (!known) refuse('there is no such incident');
  if (owner !== null) await setIncidentOwner(tx, id, owner);
  const ownerId = owner ?? known.ownerId;
  for (const c of cases) {
    await changeCase(tx, c.id, { incidentId: id, ...(ownerId === null ? {} : { ownerId }) });
    await addCaseEvent(tx, c.id, { at: now, actor, kind: 'incident', detail: { incident: id } });
  }
  return id;
}

/** Gives an incident to somebody, with all its cases, and ends it or opens it again. False: there is none. */
export async function reviseIncident(
  tx: Db,
  asked: { id: CaseIncidentId; owner: UserId | null; isClosed: boolean },
  { actor, now }: By,
): Promise<boolean> {
  const known = await getIncident(tx, asked.id);
  if (!known) return false;
  if (asked.isClosed !== (known.closedAt !== null))
    await setIncidentClosed(tx, asked.id, asked.isClosed ? now : null);
  if (asked.owner === known.ownerId) return true;
  await setIncidentOwner(tx, asked.id, asked.owner);
  for (const { id } of await listCasesOfIncident(tx, asked.id))
    await reviseCase(tx, id, { owner: asked.owner }, { actor, now });
  return true;
}
