import { fileURLToPath } from 'node:url';
import compression from 'compression';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { ZodError } from 'zod';
import { errorMessage, InputError } from '../src/lib/errors.ts';
import type { Db } from '../src/store/db.ts';
import { remembered } from '../src/store/remembered.ts';
import { allow } from './access.ts';
import { apiRoutes } from './api/routes.ts';
import { requireFactor } from './auth/require-factor.ts';
import { greet, hasRight, identify, requireCsrf, viewerOf } from './auth/session.ts';
import { limitSearch, limitSight } from './auth/sight.ts';
import { customerUploadRoutes, IMPORT_PATH } from './customers-import/upload.ts';
import type { DashboardDeps } from './deps.ts';
import { saidRoutes } from './digests/said.ts';
import { publicLinkRoutes } from './feeds/routes.ts';
import { healthRoutes } from './health.ts';
import { inboundRoutes } from './inbound.ts';
import { loginRoutes } from './login.ts';
import { metricsRoutes } from './metrics.ts';
import { openIdRoutes } from './open-id.ts';
import type { Page } from './page.ts';
import { passwordLinkRoutes } from './password-link.ts';
import { groups, pages } from './registry.ts';
import { setupRoutes } from './setup.ts';
import { uploadRoutes } from './sources/upload.ts';
import { takeRoutes } from './take.ts';
import { unsubscribeRoutes } from './unsubscribe.ts';
import { renderError } from './views/error.ts';
import type { MenuEntry, MenuGroup } from './views/menu.ts';
import { websubRoutes } from './websub.ts';

const ASSETS = fileURLToPath(new URL('./assets/', import.meta.url));
const MAX_FORM = '100kb';
const BADGE_MS = 2000;
/** A query of 50,000 letters and a text beside it: a Cyrillic letter in a form takes six bytes. */
const MAX_QUERY_FORM = '1mb';

/** Nothing inline, nothing from elsewhere: what the web wrote cannot become program. */
function securityHeaders() {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        formAction: ["'self'"],
        frameSrc: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
      },
    },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: false,
    // A mail in its sandbox has an origin of its own, which browsers cannot key like ours: they would complain.
    originAgentCluster: false,
  });
}

function statusOf(error: unknown, res: Response): number {
  if (error instanceof InputError || error instanceof ZodError) return res.statusCode === 422 ? 422 : 400;
  const status = (error as { status?: unknown }).status;
  if (typeof status === 'number' && status >= 400 && status < 500) return status;
  return res.statusCode >= 400 ? res.statusCode : 500;
}

function errorPage(deps: DashboardDeps) {
  return (error: unknown, _req: Request, res: Response, next: NextFunction): void => {
    if (res.headersSent) return next(error);
    const status = statusOf(error, res);
    if (status >= 500) deps.log.error({ err: error }, 'a page failed');
    res.status(status).send(
      renderError(viewerOf(res), status, {
        detail: error instanceof InputError ? errorMessage(error) : '',
        menu: res.locals.menu as MenuGroup[] | undefined,
      }).toString(),
    );
  };
}

/** Duties beside the menu's words; a login page needs none. */
function countDuties(deps: DashboardDeps) {
  const badgeOf = remembered(
    BADGE_MS,
    async (_db: Db, path: string) => (await pages.find((page) => page.path === path)?.badge?.(deps)) ?? 0,
  );
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    const { user } = viewerOf(res);
    if (!user) return next();
    // Whoever does a duty sees at once that it is done.
    if (req.method !== 'GET') badgeOf.forget(deps.db);
    const entryOf = async (page: Page): Promise<MenuEntry> => ({
      page,
      badge: page.badge ? await badgeOf(deps.db, page.path) : 0,
    });
    res.locals.menu = await Promise.all(
      groups.map(async ({ title, pages }): Promise<MenuGroup> => {
        const shown = pages.filter((page) => page.menu && hasRight(user, page.access));
        return { title, entries: await Promise.all(shown.map(entryOf)) };
      }),
    );
    next();
  };
}

/** PostgreSQL's text holds no NUL: one in an address or a form would be an error of ours, not of the one who asks. */
function dropNul(req: Request, _res: Response, next: NextFunction): void {
  const clean = (value: unknown): unknown =>
    typeof value === 'string' ? value.replaceAll('\0', '') : Array.isArray(value) ? value.map(clean) : value;
  // Replaced, not removed: what is left of `%%0000` would be a NUL again.
  req.url = req.url.replace(/%00/g, '%20');
  for (const [name, value] of Object.entries(req.body ?? {})) req.body[name] = clean(value);
  next();
}

/** The dashboard as an Express application; the caller listens. */
export function createDashboard(given: DashboardDeps): Express {
  const deps = { ...given, search: limitSearch(given.search) };
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', deps.proxies);
  app.set('query parser', 'simple');
  app.use(securityHeaders(), compression(), greet(deps));
  app.use('/assets', express.static(ASSETS, { maxAge: '1h', index: false }));
  app.use(healthRoutes(deps), metricsRoutes(deps));
  app.use(websubRoutes(deps), inboundRoutes(deps));
  app.use(publicLinkRoutes(deps), apiRoutes(deps));
  app.use('/topics', express.urlencoded({ extended: false, limit: MAX_QUERY_FORM, parameterLimit: 200 }));
  // A field for each column of a file.
  app.use(IMPORT_PATH, express.urlencoded({ extended: false, limit: MAX_FORM, parameterLimit: 600 }));
  app.use(express.urlencoded({ extended: false, limit: MAX_FORM, parameterLimit: 200 }), dropNul);
  app.use((_req, res, next) => {
    res.set('cache-control', 'no-store');
    next();
  });
  app.use(identify(deps));
  // These have guards of their own: a password, a one-time token, an unguessable address.
  app.use(
    setupRoutes(deps),
    passwordLinkRoutes(deps),
    openIdRoutes(deps),
    loginRoutes(deps),
    unsubscribeRoutes(deps),
    takeRoutes(deps),
    saidRoutes(deps),
  );
  app.use(requireFactor);
  app.use(uploadRoutes(), customerUploadRoutes());
  app.use(requireCsrf, limitSight(deps));
  app.use(countDuties(deps));
  for (const page of pages) app.use(page.path, allow(page.access), page.router(deps));
  app.get('/', (_req, res) => res.redirect(303, '/today'));
  app.use((_req, res, next) => {
    res.status(404);
    next(new Error('not found'));
  });
  app.use(errorPage(deps));
  return app;
}
