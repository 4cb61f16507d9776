import type { Request, Response } from 'express';
import { z } from 'zod';
import { TRADES, type Trade } from '../../src/model/starter-source.ts';
import { LANGUAGES } from '../../src/model/user.ts';
import { listSources } from '../../src/store/sources.ts';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { addChosen } from '../sources/add-one.ts';
import type { TextKey } from '../texts.ts';
import { renderNotice } from '../views/notice.ts';
import { sendStep } from './send-step.ts';
import { renderSources, type SourceWish } from './sources.ts';
import { pathOf } from './steps.ts';
import { tradeOf } from './trade-of.ts';

const MOST_PICKED = 200;

const NOTICES: Record<string, TextKey> = {
  topic: 'start.brand.saved',
  added: 'source.added',
  known: 'source.known',
  picked: 'start.sources.picked',
  nothing: 'start.sources.nothing',
};

const picked = z
  .union([z.string().transform((one) => [one]), z.array(z.string())])
  .catch([])
  .transform((keys) => new Set(keys.slice(0, MOST_PICKED)));

/** As asked for; else of one's own language, and of what the newest topic is about. */
async function wishOf({ db }: DashboardDeps, req: Request, res: Response): Promise<SourceWish> {
  const { language, trade } = req.query;
  const chosen = TRADES.find((one) => one === trade) ?? null;
  const guessed = trade === undefined ? await guessTrade(db) : null;
  return {
    language: LANGUAGES.find((one) => one === language) ?? viewerOf(res).language,
    trade: chosen ?? guessed,
  };
}

async function guessTrade(db: DashboardDeps['db']): Promise<Trade | null> {
  const topics = await listTopics(db);
  return topics.reduceRight<Trade | null>((found, { about }) => found ?? tradeOf(about), null);
}

export async function showSources(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const [wish, sources] = [await wishOf(deps, req, res), await listSources(deps.db)];
  const watched = sources.filter(({ enabled }) => enabled);
  const notice = renderNotice(req.query, viewer.t(NOTICES[String(req.query.what)] ?? 'notice.saved'));
  await sendStep(deps, res, 'sources', renderSources(viewer, deps.starterSources, wish, watched), { notice });
}

/** All that were picked, or none. */
export async function takeSources(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const keys = picked.parse((req.body as Record<string, unknown> | undefined)?.starter);
  const chosen = deps.starterSources.filter(({ key }) => keys.has(key));
  const actor = userOf(res).email;
  await deps.db.transaction(async (tx) => {
    for (const source of chosen) await addChosen(deps, tx, source, actor);
  });
  res.redirect(303, `${pathOf('sources')}?done=1&what=${chosen.length > 0 ? 'picked' : 'nothing'}`);
}
