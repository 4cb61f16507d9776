import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { html } from '../../src/lib/html.ts';
import { TONES } from '../../src/model/correction.ts';
import { getScorecardCard, type ItemState, listItems, saveSkip } from '../../src/store/scorecard-items.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { type CardPlace, LABEL_PATH, renderLabelCard } from './card.ts';
import { saveLabel } from './work.ts';

const NOTICES: Record<string, TextKey> = { gone: 'scorecard.gone', known: 'scorecard.known' };

const id = z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER);
const skipSchema = z.object({ item: id, do: z.literal('skip') });
const labelSchema = z.object({
  item: id,
  revision: id,
  tone: z.enum(TONES),
  complaint: z.enum(['yes', 'no']),
  again: z.enum(['0', '1']).default('0'),
});

function placeOf(items: readonly ItemState[], index: number): CardPlace {
  return {
    at: index + 1,
    total: items.length,
    previous: items[index - 1]?.id ?? null,
    hasMore: items.some(({ isOpen }) => isOpen),
  };
}

/** The card that was asked for; without `item` the first that nobody has labelled. */
async function show(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
  item: number | null,
  mistakes: readonly string[] = [],
): Promise<void> {
  const items = await listItems(deps.db);
  const index = items.findIndex((one) => (item === null ? one.isOpen : one.id === item));
  const found = items[index];
  const card = found ? await getScorecardCard(deps.db, found.id) : null;
  if (!card) return item === null ? res.redirect(303, '/scorecard?done=1&what=finished') : next();
  const viewer = viewerOf(res);
  const { t } = viewer;
  const place = placeOf(items, index);
  const notice = renderNotice(req.query, t(NOTICES[String(req.query.what)] ?? 'notice.saved'));
  const body = html`${notice}${renderLabelCard(viewer, card, place, mistakes)}`;
  sendPage(res, t('scorecard.at', { at: place.at, total: place.total }), body, '/assets/scorecard.js');
}

/** `GET /scorecard/label?item=…` */
export async function showCard(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const { item } = req.query;
  if (item === undefined) return show(deps, req, res, next, null);
  const asked = numberParam(String(item));
  if (asked === null) return next();
  await show(deps, req, res, next, asked);
}

/** `POST /scorecard/label`: what a person says of one card, or that they skip it. */
export async function labelCard(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const skip = skipSchema.safeParse(req.body);
  if (skip.success) {
    await saveSkip(deps.db, skip.data.item, deps.clock.now());
    return res.redirect(303, LABEL_PATH);
  }
  const { t } = viewerOf(res);
  const form = labelSchema.safeParse(req.body);
  if (!form.success) {
    const item = id.safeParse((req.body as { item?: unknown } | undefined)?.item);
    if (!item.success) return next();
    res.status(422);
    return show(deps, req, res, next, item.data, [t('scorecard.missing')]);
  }
  const { item, revision, tone, complaint, again } = form.data;
  const said = { tone, complaint: complaint === 'yes', isAgain: again === '1' };
  const outcome = await saveLabel(deps, { item, revision, ...said, by: userOf(res).email });
  if (outcome === 'edited') {
    res.status(409);
    return show(deps, req, res, next, item, [t('correct.edited')]);
  }
  res.redirect(303, outcome === 'done' ? LABEL_PATH : `${LABEL_PATH}?done=1&what=${outcome}`);
}
