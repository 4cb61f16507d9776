import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { type ObjectMistake, pointerTo, readObject } from '../../src/match/import/objects.ts';
import type { CustomerRecord } from '../../src/model/customer.ts';
import { findCustomerByExternalId, listMergedEntries } from '../../src/store/merges.ts';
import type { DashboardDeps } from '../deps.ts';
import { requireToken, tokenOf } from './bearer.ts';
import { type Answer, answerOnce, problemAnswer, sendAnswer } from './idempotency.ts';
import { apiErrors, sendProblem } from './problem.ts';

const MAX_RECORDS = 500;
const MAX_BODY = '5mb';
/** Of mistakes so many are told. */
const MAX_TOLD = 200;

interface Sent {
  record: CustomerRecord;
  /** Where it stands in the body. */
  at: readonly number[];
}

const invalid = (errors: readonly ObjectMistake[]): Answer =>
  problemAnswer({
    status: 422,
    code: 'invalid-records',
    title: 'Some records have mistakes; nothing was saved',
    errors: errors.slice(0, MAX_TOLD),
  });

function readBody(body: unknown): { sent: Sent[]; mistakes: ObjectMistake[] } {
  const isList = Array.isArray(body);
  const read = (isList ? (body as unknown[]) : [body]).map((value, number) => {
    const at = isList ? [number] : [];
    return { at, ...readObject(value, at) };
  });
  return {
    sent: read.flatMap(({ record, at }) => (record ? [{ record, at }] : [])),
    mistakes: read.flatMap(({ mistakes }) => mistakes),
  };
}

async function save(deps: DashboardDeps, res: Response, body: unknown): Promise<Answer> {
  if (Array.isArray(body) && body.length > MAX_RECORDS)
    return problemAnswer({
      status: 413,
      code: 'too-many-records',
      title: `Send at most ${MAX_RECORDS} records at a time`,
    });
  const { sent, mistakes } = readBody(body);
  if (mistakes.length > 0) return invalid(mistakes);
  const outcome = await deps.syncCustomers(
    sent.map(({ record }) => record),
    `api:${tokenOf(res).name}`,
  );
  if ('unknown' in outcome) {
    const unknown = new Set(outcome.unknown);
    return invalid(
      sent
        .filter(({ record }) => unknown.has(record.externalId))
        .map(({ at }) => ({
          pointer: pointerTo([...at, 'name']),
          detail: 'is missing, and the customer is not known yet',
        })),
    );
  }
  const results = [...outcome.saved].map(([externalId, { created }]) => ({
    external_id: externalId,
    status: created ? 'created' : 'updated',
  }));
  // A program that sends all it has must not stumble over somebody who was erased.
  const erased = [...outcome.erased].map((externalId) => ({ external_id: externalId, status: 'erased' }));
  const created = results.filter(({ status }) => status === 'created').length;
  const counts = { created, updated: results.length - created, erased: erased.length };
  return { status: 200, body: { ...counts, results: [...results, ...erased] } };
}

async function put(deps: DashboardDeps, req: Request<{ id: string }>, res: Response): Promise<void> {
  const { id } = req.params;
  const body: unknown = req.body;
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return sendAnswer(res, invalid([{ pointer: '#', detail: 'is not a JSON object' }]));
  const stated = 'external_id' in body ? body.external_id : undefined;
  if (stated !== undefined && stated !== id)
    return sendAnswer(
      res,
      invalid([{ pointer: '#/external_id', detail: 'is another one than that of the address' }]),
    );
  const { status, body: said } = await save(deps, res, { ...body, external_id: id });
  const [one] = 'results' in said ? (said.results as { status: string }[]) : [];
  sendAnswer(res, one ? { status: one.status === 'created' ? 201 : 200, body: one } : { status, body: said });
}

/** For good, with what the linked accounts wrote; `?keep_posts=1` leaves that, without the link. */
async function erase(deps: DashboardDeps, req: Request<{ id: string }>, res: Response): Promise<void> {
  const customer = await findCustomerByExternalId(deps.db, req.params.id);
  const actor = `api:${tokenOf(res).name}`;
  const keepAccounts = req.query.keep_posts === '1';
  const joined = customer === null ? [] : await listMergedEntries(deps.db, customer);
  if (joined.length > 0 && req.query.person !== '1')
    return sendProblem(res, {
      status: 409,
      code: 'joined',
      title: 'This entry is joined with others of the same person',
      detail:
        'To erase the person with all entries, repeat the request with ?person=1. To remove a duplicate, part it on the card first.',
    });
  const erased = customer === null ? null : await deps.people.erase({ customer, actor, keepAccounts });
  if (!erased) return sendProblem(res, { status: 404, code: 'unknown', title: 'There is no such customer' });
  res.status(200).json({ external_id: req.params.id, status: 'erased', ...erased });
}

function refuseOtherTypes(req: Request, res: Response, next: NextFunction): void {
  if (req.method === 'DELETE' || req.is(['json', '+json'])) return next();
  sendProblem(res, { status: 415, code: 'not-json', title: 'Send JSON: Content-Type: application/json' });
}

/** The register kept in step by other programs; each request brings a token (`molva token add`). */
export function apiRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const path = '/api/v1/customers';
  const json = express.json({ limit: MAX_BODY, type: ['application/json', 'application/*+json'] });
  router.use(path, (_req, res, next) => {
    res.set('cache-control', 'no-store');
    next();
  });
  router.use(path, requireToken(deps, 'customers:write'), refuseOtherTypes, json);
  router.post(path, (req, res) => answerOnce(deps, req, res, () => save(deps, res, req.body)));
  router.put(`${path}/:id`, (req: Request<{ id: string }>, res) => put(deps, req, res));
  router.delete(`${path}/:id`, (req: Request<{ id: string }>, res) => erase(deps, req, res));
  router.use('/api', (_req, res) =>
    sendProblem(res, { status: 404, code: 'unknown', title: 'There is nothing at this address' }),
  );
  router.use('/api', apiErrors(deps));
  return router;
}
