import type { Request, Response } from 'express';
import { sha256 } from '../../src/lib/hash.ts';
import { claimReply, deleteRepliesBefore, releaseReply, saveReply } from '../../src/store/api-replies.ts';
import type { DashboardDeps } from '../deps.ts';
import { tokenOf } from './bearer.ts';
import { type Problem, problemBody, sendProblem } from './problem.ts';

/** What a request is answered. */
export interface Answer {
  status: number;
  body: object;
  /** JSON unless said otherwise; problems are problems. */
  mediaType?: string | undefined;
}

export const problemAnswer = (problem: Problem): Answer => ({
  status: problem.status,
  body: problemBody(problem),
});

export function sendAnswer(res: Response, { status, body, mediaType = 'application/json' }: Answer): void {
  res
    .status(status)
    .type(status >= 400 ? 'application/problem+json' : mediaType)
    .send(JSON.stringify(body));
}

const KEPT_MS = 24 * 3_600_000;

/** Answers a request once: the same under the same key is answered the same, and not done again. Without a key it is simply done. */
export async function answerOnce(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  work: () => Promise<Answer>,
): Promise<void> {
  const key = req.get('idempotency-key');
  if (key === undefined) return sendAnswer(res, await work());
  if (!/^[\x21-\x7e]{1,255}$/.test(key))
    return sendProblem(res, {
      status: 400,
      code: 'bad-key',
      title: 'An Idempotency-Key has 1 to 255 letters, digits and signs',
    });
  const tokenId = tokenOf(res).id;
  const now = deps.clock.now();
  await deleteRepliesBefore(deps.db, new Date(now.getTime() - KEPT_MS));
  const requestHash = sha256(`${req.method} ${req.originalUrl} ${JSON.stringify(req.body)}`);
  const before = await claimReply(deps.db, { tokenId, key, requestHash }, now);
  if (before && before.requestHash !== requestHash)
    return sendProblem(res, {
      status: 422,
      code: 'key-reused',
      title: 'This Idempotency-Key was used for another request',
    });
  if (before?.status === null)
    return sendProblem(res, {
      status: 409,
      code: 'in-progress',
      title: 'The request with this Idempotency-Key is being worked on',
    });
  if (before?.status) {
    res.set('idempotency-replayed', 'true');
    return sendAnswer(res, { status: before.status, body: before.body as object });
  }
  try {
    const answer = await work();
    await saveReply(deps.db, tokenId, key, answer);
    sendAnswer(res, answer);
  } catch (error) {
    await releaseReply(deps.db, tokenId, key);
    throw error;
  }
}
