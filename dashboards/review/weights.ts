import type { NextFunction, Request, Response } from 'express';
import { z } from 'zod';
import { InputError } from '../../src/lib/errors.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import { LEAST_DECISIONS, LEAST_NEW } from '../../src/match/learn/learn.ts';
import {
  EVIDENCE_GROUPS,
  type MatchWeights,
  type ReliabilityBin,
  type WeightsVersion,
} from '../../src/model/match-weights.ts';
import { countDecidedSince } from '../../src/store/links.ts';
import { listWeights } from '../../src/store/match-weights.ts';
import { hasRight, userOf, type Viewer } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { factorWords } from '../links/waterfall.ts';
import { number, time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';
import { renderReliability } from './reliability.ts';

const SHIPPED = 'shipped';
/** Other versions that one may put in force. */
const SHOWN = 3;

const rounded = (viewer: Viewer, value: number): string => number(viewer, Math.round(value * 1000) / 1000);

function renderGain(viewer: Viewer, key: 'weights.gain' | 'weights.nobetter', one: WeightsVersion): Markup {
  const { before, after, error, authors } = one.heldOut;
  const words = {
    before: rounded(viewer, before),
    after: rounded(viewer, after),
    error: rounded(viewer, error),
    n: number(viewer, authors),
  };
  return html`<p>${viewer.t(key, words)} <span class="muted">${time(viewer, one.learnedAt)}</span></p>`;
}

/** What the weights changed: by how much each sort of sign counts more or less. */
function renderGroups(viewer: Viewer, { groups, offset }: MatchWeights): Markup {
  const { t } = viewer;
  const rows = [
    ...EVIDENCE_GROUPS.map((group) => [
      t(`weights.${group}`),
      `×${number(viewer, Math.round(groups[group] * 100) / 100)}`,
    ]),
    [t('weights.offset'), factorWords(viewer, offset)],
  ];
  return renderTable([t('weights.group'), t('weights.counts')], rows, '');
}

function renderInForce(viewer: Viewer, inForce: WeightsVersion | null): Markup {
  const { t } = viewer;
  if (!inForce) return html`<p>${t('weights.shipped')}</p>`;
  const words = { version: inForce.version, n: number(viewer, inForce.decisions) };
  return html`<p>${t('weights.inforce', words)}</p>${renderGain(viewer, 'weights.gain', inForce)}${renderGroups(viewer, inForce.weights)}`;
}

/** Buttons for those who may go back. */
function renderReverts(
  viewer: Viewer,
  versions: readonly WeightsVersion[],
  inForce: WeightsVersion | null,
): Markup {
  const { t } = viewer;
  if (!hasRight(viewer.user, 'settings:edit')) return html``;
  const others = versions.filter((one) => one !== inForce && one.state !== 'no_better').slice(0, SHOWN);
  const buttons = others.map(
    ({ version }) =>
      html`<button name="version" value="${version}">${t('weights.revert', { version })}</button> `,
  );
  const shipped = inForce
    ? html`<button name="version" value="${SHIPPED}">${t('weights.revert.shipped')}</button>`
    : '';
  if (!inForce && others.length === 0) return html``;
  return html`<form method="post" action="/review/weights" class="row">${csrfField(viewer)}${buttons}${shipped}</form>`;
}

/** The newest measure of what is in force: its own, or how it did beside weights that were no better or were taken back. */
function binsInForce(versions: readonly WeightsVersion[]): readonly ReliabilityBin[] {
  const [newest] = versions;
  if (!newest) return [];
  const { before, after } = newest.heldOut.reliability;
  return newest.state === 'active' ? after : before;
}

/** How far signs are trusted, what taught it, and how honest the percentages are: at the foot of the review page. */
export async function renderWeights({ db }: DashboardDeps, viewer: Viewer): Promise<Markup> {
  const { t } = viewer;
  const [versions, decided] = await Promise.all([listWeights(db), countDecidedSince(db, null)]);
  const inForce = versions.find(({ state }) => state === 'active') ?? null;
  const [newest] = versions;
  const bins = binsInForce(versions);
  const least = number(viewer, LEAST_DECISIONS);
  const failed = newest?.state === 'no_better' ? renderGain(viewer, 'weights.nobetter', newest) : '';
  const picture =
    bins.length > 0
      ? renderReliability(viewer, bins)
      : html`<p class="muted">${t('weights.nochart', { least })}</p>`;
  return html`<section class="weights"><h2>${t('weights.title')}</h2>${renderInForce(viewer, inForce)}${failed}${picture}
    <p class="muted">${t('weights.when', { least, more: number(viewer, LEAST_NEW), n: number(viewer, decided) })}</p>
    ${renderReverts(viewer, versions, inForce)}</section>`;
}

const revertSchema = z.object({
  version: z.union([z.literal(SHIPPED), z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER)]),
});

/** `POST /review/weights`: puts earlier weights in force again. */
export async function revertReviewWeights(
  deps: DashboardDeps,
  req: Request,
  res: Response,
  next: NextFunction,
): Promise<void> {
  const form = revertSchema.safeParse(req.body);
  if (!form.success) return next();
  const version = form.data.version === SHIPPED ? null : form.data.version;
  try {
    await deps.db.transaction((tx) => deps.links.revertWeights(tx, { version, actor: userOf(res).email }));
    res.redirect(303, '/review?done=1&what=weights');
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    res.redirect(303, '/review?done=1&what=noweights');
  }
}
