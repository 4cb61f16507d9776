import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { MentionId } from '../../src/model/ids.ts';
import { RULE_KEY } from '../../src/model/rule.ts';
import { type Card, getCards } from '../../src/store/cards.ts';
import { type BasketCount, type BasketRow, countBasket, listBasket } from '../../src/store/decisions.ts';
import { listRuleNames } from '../../src/store/rules.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import { restoreMention, restoreOfRule } from '../basket/restore.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { pageParam } from '../params.ts';
import { renderButton } from '../rules/list.ts';
import { deciderWords } from '../rules/words.ts';
import { excerpt, number, siteOf, time } from '../views/format.ts';
import { renderNotice } from '../views/notice.ts';
import { shownText } from '../views/private.ts';
import { sendPage } from '../views/shell.ts';
import { renderPages, renderTable } from '../views/table.ts';

const PAGE_SIZE = 50;
const EXCERPT = 200;

function renderReason(viewer: Viewer, { decided }: BasketRow, names: ReadonlyMap<string, string>): Markup {
  const { basket } = decided;
  if (!basket) return html`${viewer.t('basket.by.person')}`;
  const words = deciderWords(viewer, basket, names);
  return 'rule' in basket ? html`<a href="/rules/${basket.rule}">${words}</a>` : html`${words}`;
}

function renderMention(viewer: Viewer, row: BasketRow, card: Card | undefined): Markup {
  const heading = shownText(viewer, card?.title ?? card?.threadTitle ?? '');
  return html`<a href="/mentions/${row.documentId}">${heading || `№ ${row.documentId}`}</a> <small class="muted">${row.topicName}${card ? ` · ${card.sourceName} · ${siteOf(card.url)}` : ''}</small>
    ${card ? html`<br>${excerpt(viewer, card.text, [], EXCERPT)}` : ''}`;
}

/** Whose work lies in here, and how much of it. */
function renderRules(viewer: Viewer, counts: readonly BasketCount[]): Markup {
  const { t } = viewer;
  const mayRestore = hasRight(viewer.user, 'mentions:work');
  const items = counts.map(({ rule, name, count }) => {
    if (rule === null) return html`<li>${t('basket.by.person')}: ${number(viewer, count)}</li>`;
    const restore = renderButton(
      viewer,
      '/basket/restore',
      t('basket.restore.all', { n: number(viewer, count) }),
      { rule },
    );
    // A single one has its button in the list.
    return html`<li><a href="/basket?rule=${rule}">${name ?? rule}</a>: ${number(viewer, count)} ${mayRestore && count > 1 ? restore : ''}</li>`;
  });
  return html`<ul>${items}</ul>`;
}

async function sendBasket(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const page = pageParam(req.query.page);
  const { rule } = req.query;
  const only = typeof rule === 'string' && RULE_KEY.test(rule) ? rule : null;
  const [rows, counts, names] = await Promise.all([
    listBasket(deps.db, only, PAGE_SIZE, (page - 1) * PAGE_SIZE),
    countBasket(deps.db),
    listRuleNames(deps.db),
  ]);
  const cards = await getCards(deps.db, [...new Set(rows.map(({ documentId }) => documentId))], {
    withBasket: true,
  });
  const cardOf = new Map(cards.map((card) => [card.id, card]));
  const mayRestore = hasRight(viewer.user, 'mentions:work');
  const lines = rows.map((row) => [
    renderMention(viewer, row, cardOf.get(row.documentId)),
    renderReason(viewer, row, names),
    time(viewer, row.at),
    mayRestore
      ? renderButton(viewer, '/basket/restore', t('basket.restore'), { mention: String(row.mentionId) })
      : '',
  ]);
  const head = [t('basket.mention'), t('basket.reason'), t('basket.when'), ''];
  const pager = renderPages(`/basket?${only ? `rule=${only}&` : ''}`, page, rows.length === PAGE_SIZE, {
    previous: t('page.previous'),
    next: t('page.next'),
  });
  sendPage(
    res,
    t('menu.basket'),
    html`${renderNotice(req.query, t('basket.restored'))}<h1>${t('menu.basket')}</h1><p class="muted">${t('basket.lead')}</p>
    ${counts.length > 0 ? renderRules(viewer, counts) : ''}${renderTable(head, lines, t('basket.none'))}${counts.length === 0 ? html`<p><a href="/rules">${t('basket.rules')}</a></p>` : ''}${pager}`,
  );
}

const restoreSchema = z.union([
  z.object({ mention: z.coerce.number().int().positive() }),
  z.object({ rule: z.string().regex(RULE_KEY) }),
]);

async function answerRestore(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const asked = restoreSchema.parse(req.body);
  const { email } = userOf(res);
  const count =
    'rule' in asked
      ? await restoreOfRule(deps, asked.rule, email)
      : await restoreMention(deps, asked.mention as MentionId, email);
  // Somebody else may have been quicker.
  res.redirect(303, count === 0 ? '/basket' : '/basket?done=1');
}

export const basket: Page = {
  path: '/basket',
  title: 'menu.basket',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => sendBasket(deps, req, res));
    router.post('/restore', allow('mentions:work'), (req, res) => answerRestore(deps, req, res));
    return router;
  },
};
