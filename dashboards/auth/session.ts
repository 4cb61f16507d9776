import { randomBytes } from 'node:crypto';
import type { NextFunction, Request, Response } from 'express';
import { sha256 } from '../../src/lib/hash.ts';
import { isSameProof } from '../../src/lib/same-proof.ts';
import type { SessionId } from '../../src/model/ids.ts';
import { type Right, roleHas } from '../../src/model/rights.ts';
import { LANGUAGES, type Language, type User } from '../../src/model/user.ts';
import { noteSeen } from '../../src/store/sessions.ts';
import { addSession, deleteSession, findSession, type Session } from '../../src/store/users.ts';
import type { DashboardDeps } from '../deps.ts';
import { type Translate, translator } from '../texts.ts';
import { whereabouts } from './whereabouts.ts';

export interface Viewer {
  /** null on pages that are open to everybody. */
  user: User | null;
  /** Repeated by every form; '' when nobody is logged in. */
  csrf: string;
  language: Language;
  /** IANA zone. */
  zone: string;
  t: Translate;
  /** Path of the page that is shown, for the menu and for coming back. */
  path: string;
  /** When the page was asked for: dates of this year are shown without the year. */
  now: Date;
}

const LIFETIME_MS = 14 * 24 * 3_600_000;
/** Of who has not said another. */
export const DEFAULT_ZONE = 'Europe/Moscow';

function cookieValue(req: Request, name: string): string | null {
  for (const part of (req.headers.cookie ?? '').split(';')) {
    const [key, value] = part.trim().split('=', 2);
    if (key === name && value) return value;
  }
  return null;
}

const isOverTls = (deps: DashboardDeps): boolean => deps.publicUrl.startsWith('https:');

const SESSION = 'molva_session';

/** Browsers take a `__Host-` cookie only from this very host over https: no neighbour under the same domain can set it. */
const cookieName = (deps: DashboardDeps, name: string): string => (isOverTls(deps) ? `__Host-${name}` : name);

/** What the browser has sent of a cookie of ours; null without it. */
export function cookieOf(deps: DashboardDeps, req: Request, name: string): string | null {
  return cookieValue(req, cookieName(deps, name));
}

/** Hash of the token that came with the request, as the store keeps it; null without a cookie. */
export function sessionHash(deps: DashboardDeps, req: Request): string | null {
  const token = cookieOf(deps, req, SESSION);
  return token ? sha256(token) : null;
}

/** Before login: what the browser asks for. */
function guessLanguage(req: Request): Language {
  return (req.acceptsLanguages([...LANGUAGES]) || 'en') as Language;
}

/** Scripts do not see it; other sites' requests carry it only when the person follows a link. `maxAge`: ms. */
export function setCookie(
  deps: DashboardDeps,
  res: Response,
  name: string,
  value: string,
  maxAge: number,
): void {
  res.cookie(cookieName(deps, name), value, {
    httpOnly: true,
    sameSite: 'lax',
    secure: isOverTls(deps),
    maxAge,
    path: '/',
  });
}

export function clearCookie(deps: DashboardDeps, res: Response, name: string): void {
  setCookie(deps, res, name, '', 0);
}

/**
 * Starts a session under a new token, whatever cookie came with the login: nobody can fix it beforehand. The session
 * that this browser had before ends. False when `passwordHash`, against which the login was checked, was replaced since.
 * `hasFactorElsewhere`: the login server asked for a second factor.
 */
export async function startSession(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  user: User,
  passwordHash: string | null = null,
  hasFactorElsewhere = false,
): Promise<boolean> {
  const before = sessionHash(deps, req);
  if (before) await deleteSession(deps.db, before);
  const token = randomBytes(32).toString('base64url');
  const createdAt = deps.clock.now();
  const expiresAt = new Date(createdAt.getTime() + LIFETIME_MS);
  const csrf = randomBytes(24).toString('base64url');
  const session = {
    tokenHash: sha256(token),
    userId: user.id,
    csrf,
    createdAt,
    expiresAt,
    hasFactorElsewhere,
    ...whereabouts(req),
  };
  if (!(await addSession(deps.db, session, passwordHash))) return false;
  setCookie(deps, res, SESSION, token, LIFETIME_MS);
  return true;
}

export async function endSession(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const hash = sessionHash(deps, req);
  if (hash) await deleteSession(deps.db, hash);
  clearCookie(deps, res, SESSION);
}

function viewerFor(req: Request, session: Session | null, now: Date): Viewer {
  const language = session?.user.language ?? guessLanguage(req);
  return {
    user: session?.user ?? null,
    csrf: session?.csrf ?? '',
    language,
    zone: session?.user.zone ?? DEFAULT_ZONE,
    t: translator(language),
    path: req.originalUrl,
    now,
  };
}

/** Until we know who asks it is nobody: what fails before that must have somebody to show the error to. */
export function greet(deps: DashboardDeps) {
  return (req: Request, res: Response, next: NextFunction): void => {
    res.locals.viewer = viewerFor(req, null, deps.clock.now());
    next();
  };
}

/** Who is asking; stands in `res.locals.viewer` for all that follows. */
export function identify(deps: DashboardDeps) {
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const hash = sessionHash(deps, req);
    const now = deps.clock.now();
    const session = hash ? await findSession(deps.db, hash, now) : null;
    if (session) await noteSeen(deps.db, session, whereabouts(req), now);
    res.locals.viewer = viewerFor(req, session, now);
    res.locals.session = session?.id;
    res.locals.sight = session?.topics ? { topics: session.topics, email: session.user.email } : null;
    res.locals.lacksFactor = session?.lacksFactor ?? false;
    next();
  };
}

export function viewerOf(res: Response): Viewer {
  return res.locals.viewer as Viewer;
}

/** The session of a page whose access is not `public`. */
export function sessionOf(res: Response): SessionId {
  const id = res.locals.session as SessionId | undefined;
  if (id === undefined) throw new Error('this page must not be reachable without login');
  return id;
}

/** The logged-in user of a page whose access is not `public`. */
export function userOf(res: Response): User {
  const { user } = viewerOf(res);
  if (!user) throw new Error('this page must not be reachable without login');
  return user;
}

export function hasRight(user: User | null, right: Right): boolean {
  return user !== null && roleHas(user.role, right);
}

function sameToken(given: unknown, expected: string): boolean {
  return typeof given === 'string' && expected !== '' && isSameProof(given, expected);
}

/** Another site may not log people in or set them up as somebody: there is no session yet whose secret it could lack. */
export function refuseOtherSites(req: Request, res: Response, next: NextFunction): void {
  const from = req.get('sec-fetch-site');
  if (req.method !== 'POST' || from === undefined || from === 'same-origin' || from === 'none') return next();
  res.status(403);
  next(new Error('posted from another site'));
}

/** Changes need the session's secret: another site can send our cookie, but does not know this. */
export function requireCsrf(req: Request, res: Response, next: NextFunction): void {
  if (['GET', 'HEAD', 'OPTIONS'].includes(req.method)) return next();
  const given = (req.body as Record<string, unknown> | undefined)?._csrf ?? req.get('x-csrf-token');
  if (sameToken(given, viewerOf(res).csrf)) return next();
  res.status(403);
  next(new Error('csrf'));
}
