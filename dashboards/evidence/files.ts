import type { NextFunction, Request, Response } from 'express';
import type { CaseId } from '../../src/model/ids.ts';
import { getRecord, readContent } from '../../src/store/evidence.ts';
import { extensionOf } from '../../src/store/evidence-file.ts';
import { userOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import { noteLook } from './read.ts';

/** Whatever the web sent: nothing of it runs, loads anything, or stands in a frame. */
const LOCKED = "default-src 'none'; frame-ancestors 'none'; sandbox";

type FileRequest = Request<{ id: string; seq: string }>;

async function contentOf(deps: DashboardDeps, req: FileRequest) {
  const id = numberParam<CaseId>(req.params.id);
  const seq = numberParam<number>(req.params.seq);
  const record = id === null || seq === null ? null : await getRecord(deps.db, id, seq);
  const content = record && (await readContent(deps.db, record.seq));
  return record && content ? { record, content: Buffer.from(content) } : null;
}

/** A content as a file to keep: never a page to open, whatever it says that it is. */
export async function sendFile(
  deps: DashboardDeps,
  req: FileRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const found = await contentOf(deps, req);
  if (!found) return next();
  const { record, content } = found;
  const look = { actor: userOf(res).email, action: 'evidence.downloaded', record: record.seq };
  await noteLook(deps, look, record.caseId);
  const name = `case-${record.caseId}-record-${record.seq}.${extensionOf(record)}`;
  res.set('content-security-policy', LOCKED).set('content-disposition', `attachment; filename="${name}"`);
  res.type('application/octet-stream').send(content);
}

/** A picture of ours: the only content that is shown. */
export async function sendImage(
  deps: DashboardDeps,
  req: FileRequest,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const found = await contentOf(deps, req);
  if (found?.record.kind !== 'screenshot') return next();
  res.set('content-security-policy', LOCKED).set('content-disposition', 'inline');
  res.type('image/png').send(found.content);
}
