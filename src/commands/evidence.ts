import { resolve } from 'node:path';
import { z } from 'zod';
import { PROGRAM } from '../act/evidence.ts';
import { InputError } from '../lib/errors.ts';
import type { BrokenCode, EvidenceCheck, EvidenceRecord } from '../model/evidence.ts';
import type { CaseId } from '../model/ids.ts';
import { addAudit } from '../store/audit.ts';
import { getCase } from '../store/cases.ts';
import { listRecords, readDetails } from '../store/evidence.ts';
import { getHold } from '../store/evidence-holds.ts';
import { verifyEvidence } from '../store/evidence-verify.ts';
import { type Command, type CommandDeps, register } from './command.ts';

const ACTOR = 'cli';
const caseNumber = z.number().int().positive();

const BROKEN: Record<BrokenCode, string> = {
  gap: 'a record before it is missing',
  previous: 'it does not follow the record before it',
  hash: 'its place, time, kind or case was changed',
  details: 'its details or address were changed',
  content: 'its content was changed or is missing',
  emptied: 'it was emptied, and no record says why',
  end: 'records at the end of the chain are missing',
  anchor: 'the chain was written anew since the audit noted its end',
  unreadable: 'it cannot be read',
};

/** What a check of the chain found, in words. */
export function checkWords({ records, emptied, anchors, head, broken }: EvidenceCheck): string {
  const counted = `${records} records, ${emptied} of them emptied; ${anchors} ends noted in the audit agree.`;
  if (broken)
    return `The chain of evidence is broken at record ${broken.seq}: ${BROKEN[broken.code]}. Up to there: ${counted}`;
  return `The chain of evidence is whole: ${counted}${head ? ` Its end: ${head.seq} ${head.sha256}` : ''}`;
}

function recordLine(record: EvidenceRecord): string {
  const { seq, kind, at, address, contentSha256, size, emptiedAt, sha256 } = record;
  const content = contentSha256 ? `${size} bytes, content ${contentSha256}` : '';
  const said = emptiedAt ? 'emptied' : [readDetails(record).code, content].filter(Boolean).join(', ');
  return [seq, at.toISOString(), kind, address ?? '-', said || '-', sha256].join('\t');
}

async function audit({ jobs }: CommandDeps, action: string, caseId: CaseId): Promise<void> {
  const at = jobs.clock.now();
  await addAudit(jobs.db, { at, actor: ACTOR, action, subject: `case:${caseId}` });
}

function noCase(id: number): InputError {
  return new InputError([
    { at: String(id), message: 'there is no case of this number, or no evidence of it' },
  ]);
}

const verify: Command<Record<never, never>> = {
  name: 'evidence verify',
  summary: 'hold every record of evidence against its hashes; 0 when the chain is whole',
  example: 'molva evidence verify',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    const check = await verifyEvidence(jobs.db);
    out.data(check, checkWords(check));
    return check.broken ? 1 : 0;
  },
};

const list: Command<{ id: number }> = {
  name: 'evidence list',
  arguments: '<case>',
  summary: 'what is kept of a case: number, time, kind, address, content, hash',
  example: 'molva evidence list 12',
  args: z.object({ id: caseNumber }),
  read: ([id]) => ({ id: Number(id) }),
  run: async (context, { id }, out) => {
    const { db } = context.jobs;
    const records = await listRecords(db, id as CaseId);
    if (records.length === 0) throw noCase(id);
    await audit(context, 'evidence.viewed', id as CaseId);
    for (const record of records) out.data({ ...record, details: readDetails(record) }, recordLine(record));
    const hold = await getHold(db, id as CaseId);
    if (hold) out.message(`Held since ${hold.placedAt.toISOString()} by ${hold.placedBy}: ${hold.reason}`);
    return 0;
  },
};

const exportCase: Command<{ id: number; out: string }> = {
  name: 'evidence export',
  arguments: '<case>',
  options: [['--out <folder>', 'a new folder for the files']],
  summary: 'write what is kept of a case into a folder, with sums that sha256sum -c checks',
  example: 'molva evidence export 12 --out case-12',
  args: z.object({ id: caseNumber, out: z.string().min(1) }),
  read: ([id], { out }) => ({ id: Number(id), out: typeof out === 'string' ? resolve(out) : '' }),
  run: async (context, { id, out: folder }, out) => {
    const { db, clock } = context.jobs;
    const { exportEvidence } = await import('./evidence-export.ts');
    const by = { at: clock.now(), program: PROGRAM, check: await verifyEvidence(db) };
    const done = await exportEvidence(db, id as CaseId, folder, by);
    if (!done) throw noCase(id);
    await audit(context, 'evidence.exported', id as CaseId);
    out.data(
      done,
      `${done.records} records, ${done.files} files in ${folder}. Check them there: sha256sum -c SHA256SUMS`,
    );
    if (by.check.broken) out.message(checkWords(by.check));
    return by.check.broken ? 1 : 0;
  },
};

const hold: Command<{ id: number; reason: string }> = {
  name: 'evidence hold',
  arguments: '<case>',
  options: [['--reason <text>', 'why; it stands in the evidence']],
  summary: 'keep a case and its evidence from being deleted, by age or by an erasure, until it is released',
  example: 'molva evidence hold 12 --reason "claim A40-1/26"',
  args: z.object({ id: caseNumber, reason: z.string() }),
  read: ([id], { reason }) => ({ id: Number(id), reason: typeof reason === 'string' ? reason : '' }),
  run: async ({ jobs }, { id, reason }, out) => {
    const { placeHold } = await import('../jobs/evidence/hold.ts');
    const done = await placeHold(jobs, { caseId: id as CaseId, reason, actor: ACTOR });
    if (done === null) throw noCase(id);
    out.data(
      { case: id, held: true },
      done === 'held' ? `Case ${id} is held.` : `Case ${id} was held already.`,
    );
    return 0;
  },
};

const release: Command<{ id: number; reason: string }> = {
  name: 'evidence release',
  arguments: '<case>',
  options: [['--reason <text>', 'why; it stands in the evidence']],
  summary: 'end a hold; an erasure that was asked for meanwhile is carried out now',
  example: 'molva evidence release 12 --reason "settled"',
  args: z.object({ id: caseNumber, reason: z.string() }),
  read: ([id], { reason }) => ({
    id: Number(id),
    reason: typeof reason === 'string' ? reason : 'released on the command line',
  }),
  run: async ({ jobs }, { id, reason }, out) => {
    if (!(await getCase(jobs.db, id as CaseId))) throw noCase(id);
    const { releaseHold } = await import('../jobs/evidence/hold.ts');
    const done = await releaseHold(jobs, { caseId: id as CaseId, reason, actor: ACTOR });
    if (!done) throw new InputError([{ at: String(id), message: 'this case is not held' }]);
    const { erased } = done;
    const words = erased
      ? ` An erasure waited for it and is done: ${erased.documents} posts, ${erased.cases} cases, ${erased.evidence} records of evidence.`
      : '';
    out.data({ case: id, held: false, erased }, `Case ${id} is released.${words}`);
    return 0;
  },
};

export const commands = [
  register(verify),
  register(list),
  register(exportCase),
  register(hold),
  register(release),
];
