import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { InputError } from '../../src/lib/errors.ts';
import type { Source } from '../../src/model/source.ts';
import { addAudit } from '../../src/store/audit.ts';
import { setBackfill } from '../../src/store/backfill.ts';
import type { Db } from '../../src/store/db.ts';
import { setCanary } from '../../src/store/source-health.ts';
import { findSourceByKey } from '../../src/store/sources.ts';
import { allow } from '../access.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { sendPage } from '../views/shell.ts';
import { mistakeWords } from './mistakes.ts';
import { renderSource } from './source.ts';

type Handler = (tx: Db, source: Source, body: Record<string, unknown>) => Promise<string>;

/** A change of one source in one transaction with its audit; the handler returns where to go on. */
function change(deps: DashboardDeps, action: string, handle: Handler) {
  return async (
    req: Request<{ key: string }>,
    res: Response,
    next: (error?: unknown) => void,
  ): Promise<void> => {
    const source = await findSourceByKey(deps.db, req.params.key);
    if (!source) return next();
    const subject = `source:${source.id}`;
    try {
      const to = await deps.db.transaction(async (tx) => {
        await addAudit(tx, { at: deps.clock.now(), actor: userOf(res).email, action, subject });
        return handle(tx, source, (req.body ?? {}) as Record<string, unknown>);
      });
      res.redirect(303, to);
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const viewer = viewerOf(res);
      res.status(400);
      sendPage(res, source.name, await renderSource(deps, viewer, source, mistakeWords(viewer, error)));
    }
  };
}

const scheduleForm = z.object({
  kind: z.enum(['adaptive', 'fixed', 'cron']),
  every: z.coerce.number().int().min(1).max(10_080),
  cron: z.string().trim().max(100).default(''),
});

function readSchedule(body: Record<string, unknown>) {
  const form = scheduleForm.safeParse(body);
  if (!form.success) throw new InputError([{ at: 'every', message: 'not an interval' }]);
  const { kind, every, cron } = form.data;
  const everyMs = every * 60_000;
  return kind === 'cron' ? { everyMs, cron } : { everyMs, adaptive: kind === 'adaptive' };
}

function readCanaryForm({ url, text }: Record<string, unknown>) {
  const address = String(url ?? '').trim();
  const words = String(text ?? '').trim();
  if (address === '' && words === '') return null;
  if (
    words === '' ||
    words.length > 500 ||
    address.length > 2000 ||
    !/^https?:\/\//.test(address) ||
    !URL.canParse(address)
  )
    throw new InputError([{ at: 'canary', message: 'an address and words are needed' }]);
  return { url: address, text: words };
}

/** What people do with one source. */
export function sourceActionRoutes(deps: DashboardDeps): Router {
  const router = Router();
  const page = ({ key }: Source): string => `/sources/${key}?done=1`;
  const on = (path: string, action: string, handle: Handler): void => {
    router.post(`/:key/${path}`, allow('sources:edit'), change(deps, action, handle));
  };
  on('now', 'source.visited', async (tx, source) => {
    if (source.enabled) await deps.actions.crawlNow(tx, source.id);
    return `/sources/${source.key}?done=1&what=visit`;
  });
  on('remove', 'source.removed', async (tx, source) => {
    await deps.sources.remove(tx, source);
    return '/sources?done=1&what=removed';
  });
  on('enabled', 'source.changed', async (tx, source, body) => {
    await deps.sources.change(tx, source, { enabled: body.enabled === '1' });
    return page(source);
  });
  on('schedule', 'source.changed', async (tx, source, body) => {
    await deps.sources.change(tx, source, readSchedule(body));
    return page(source);
  });
  on('backfill', 'source.backfill', async (tx, source, body) => {
    await setBackfill(tx, source.id, body.go === '1', deps.clock.now());
    return page(source);
  });
  on('canary', 'source.changed', async (tx, source, body) => {
    await setCanary(tx, source.id, readCanaryForm(body));
    return page(source);
  });
  return router;
}
