import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { errorCode, errorMessage } from '../src/lib/errors.ts';
import type { LoginIdentity } from '../src/model/ports.ts';
import { type Refusal, userOfIdentity } from '../src/store/user-logins.ts';
import { limitGuesses } from './auth/guesses.ts';
import { letIn, letInOrAsk, localPath, noteFailure } from './auth/log-in.ts';
import { NOBODY } from './auth/password.ts';
import { clearCookie, cookieOf, DEFAULT_ZONE, setCookie, viewerOf } from './auth/session.ts';
import type { DashboardDeps, OpenId } from './deps.ts';
import { renderLogin } from './views/login.ts';

/** Where people log in elsewhere, and come back from there. */
export const OPEN_ID_PATH = '/login/openid';
export const OPEN_ID_CALLBACK = `${OPEN_ID_PATH}/callback`;

/** Long enough to look for the telephone. */
const UNDER_WAY_MS = 10 * 60_000;
const COOKIE = 'molva_openid';
/** A code, a state and an issuer; what is longer is not from a login server. */
const MAX_ANSWER = 8000;

/** What this browser alone has, sealed, until it comes back: whoever was sent elsewhere by somebody else's link has another. */
const underWaySchema = z.object({
  use: z.literal('openid'),
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
  until: z.number(),
});
type UnderWay = z.infer<typeof underWaySchema>;

function underWayOf(deps: DashboardDeps, req: Request): UnderWay | null {
  const sealed = cookieOf(deps, req, COOKIE);
  if (!sealed) return null;
  try {
    const found = underWaySchema.parse(JSON.parse(deps.vault.open(sealed)));
    return found.until > deps.clock.now().getTime() ? found : null;
  } catch {
    return null;
  }
}

/** Why nobody was let in: what we decided, what the server decided, or that nothing is under way in this browser. */
type Failure = Refusal | 'server' | 'late';

async function refuse(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  { why, next, detail = {} }: { why: Failure; next: string; detail?: Record<string, unknown> },
): Promise<void> {
  const about = { by: 'openid', why, ...detail };
  await noteFailure(deps, req, { action: 'login.failed', subject: 'login', detail: about });
  const shown = { next, failed: `login.openid.${why}` as const, openId: deps.openId?.name ?? null };
  res.status(why === 'server' ? 502 : 401).send(renderLogin(viewerOf(res), shown).toString());
}

async function begin(deps: DashboardDeps, openId: OpenId, req: Request, res: Response): Promise<void> {
  const next = localPath(req.query.next);
  try {
    const { url, proof } = await openId.server.begin();
    const until = deps.clock.now().getTime() + UNDER_WAY_MS;
    const underWay: UnderWay = { use: 'openid', ...proof, next, until };
    setCookie(deps, res, COOKIE, deps.vault.seal(JSON.stringify(underWay)), UNDER_WAY_MS);
    res.redirect(303, url);
  } catch (error) {
    await serverFailed(deps, req, res, error, next);
  }
}

async function serverFailed(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  error: unknown,
  next: string,
): Promise<void> {
  deps.log.warn({ code: errorCode(error), why: errorMessage(error) }, 'the login server let nobody in');
  await refuse(deps, req, res, { why: 'server', next, detail: { code: errorCode(error) } });
}

async function enter(
  deps: DashboardDeps,
  openId: OpenId,
  req: Request,
  res: Response,
  { identity, next }: { identity: LoginIdentity; next: string },
): Promise<void> {
  const newcomer = { language: viewerOf(res).language, zone: DEFAULT_ZONE, passwordHash: NOBODY };
  const user = await userOfIdentity(deps.db, identity, openId.admission, newcomer, deps.clock.now());
  if ('refused' in user) return refuse(deps, req, res, { why: user.refused, next });
  const isIn = openId.checksFactor
    ? await letIn(deps, req, res, user, next, { hasFactorElsewhere: true })
    : await letInOrAsk(deps, req, res, user, next);
  // The password was set anew, or the access closed, while we asked.
  if (!isIn) await refuse(deps, req, res, { why: 'late', next });
}

async function comeBack(deps: DashboardDeps, openId: OpenId, req: Request, res: Response): Promise<void> {
  const underWay = underWayOf(deps, req);
  clearCookie(deps, res, COOKIE);
  const answer = req.originalUrl.split('?')[1] ?? '';
  if (!underWay || answer.length > MAX_ANSWER)
    return refuse(deps, req, res, { why: 'late', next: localPath(undefined) });
  const { next } = underWay;
  let identity: LoginIdentity;
  try {
    identity = await openId.server.finish(answer, underWay);
  } catch (error) {
    return serverFailed(deps, req, res, error, next);
  }
  await enter(deps, openId, req, res, { identity, next });
}

/** Logging in by the company's login server, where one is configured. */
export function openIdRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const { openId } = deps;
  if (!openId) return router;
  const limits = limitGuesses((req) => `openid ${req.ip}`);
  router.get(OPEN_ID_PATH, ...limits, (req, res) => begin(deps, openId, req, res));
  router.get(OPEN_ID_CALLBACK, ...limits, (req, res) => comeBack(deps, openId, req, res));
  return router;
}
