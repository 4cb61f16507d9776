import { type Request, type Response, Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import { countTones } from '../../src/store/mentions.ts';
import { listTopics } from '../../src/store/topics.ts';
import { allow } from '../access.ts';
import { hasRight, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { renderHelp } from '../help/help.ts';
import type { Page } from '../page.ts';
import { renderRefusal } from '../topics/refusal.ts';
import { type Refusal, saveTopicForm } from '../topics/save-topic.ts';
import { emptyWords } from '../views/empty.ts';
import { number } from '../views/format.ts';
import { renderKey } from '../views/key.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { renderQueryField } from '../views/query.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const SCRIPT = '/assets/query-editor.js';

interface Draft {
  key: string;
  name: string;
  query: string;
  /** Why it was not saved. */
  refusal: Refusal | null;
  /** It stands in the store already, and its key cannot change. */
  isKnown: boolean;
}

const EMPTY: Draft = { key: '', name: '', query: '', refusal: null, isKnown: false };

/** The topic that `?edit=` names, ready to be changed. */
function draftOf(topics: readonly Topic[], key: unknown): Draft {
  const found = topics.find((topic) => topic.key === key && topic.origin === 'user');
  return found ? { ...EMPTY, ...found, isKnown: true } : EMPTY;
}

function renderForm(viewer: Viewer, draft: Draft): Markup {
  const { t } = viewer;
  return html`<section class="card" id="form"><h2>${t(draft.isKnown ? 'topic.edit' : 'topic.add')}</h2><p class="muted">${t('topic.help')} <a href="/topics/language">${t('language.link')}</a></p>
    <form method="post" action="/topics" class="stack">${csrfField(viewer)}${draft.isKnown ? html`<input type="hidden" name="topic" value="${draft.key}">` : ''}
      <label>${t('topic.name')}<input name="name" value="${draft.name}" required maxlength="200"></label>
      ${renderKey(viewer, draft.key, draft.isKnown)}
      ${renderQueryField(viewer, { query: draft.query, self: draft.key, rows: 3, required: true })}
      ${draft.refusal ? renderRefusal(viewer, draft.refusal) : ''}
      <div class="row"><button class="primary">${t('topic.save')}</button><button formaction="/topics/lab" formnovalidate>${t('lab.totry')}</button></div></form></section>`;
}

/** One from the configuration would be put back at the next start. */
function mayEdit({ user }: Viewer, { origin }: Topic): boolean {
  return hasRight(user, 'topics:edit') && origin === 'user';
}

function renderTopicName(viewer: Viewer, topic: Topic): Markup {
  const { t } = viewer;
  const remark = [
    topic.origin === 'config' ? t('topic.config') : '',
    topic.enabled ? '' : t('topic.off'),
    topic.contextCheck ? t('topic.checked') : '',
  ]
    .filter(Boolean)
    .join(', ');
  return html`<a href="/mentions?topic=${topic.key}">${topic.name}</a><br><small class="muted">${topic.key}${remark ? `, ${remark}` : ''}</small>${mayEdit(viewer, topic) ? html`<br><a href="/topics?edit=${topic.key}#form">${t('topic.change')}</a>` : ''}${hasRight(viewer.user, 'topics:edit') ? html`<br><a href="/topics/lab?topic=${topic.key}">${t('lab.link')}</a>` : ''}`;
}

async function renderTopics(
  deps: DashboardDeps,
  viewer: Viewer,
  list: readonly Topic[],
  draft: Draft,
): Promise<Markup> {
  const { t } = viewer;
  const tones = await countTones(deps.db);
  const total = (topic: Topic): number =>
    tones.filter((tone) => tone.topicId === topic.id).reduce((sum, tone) => sum + tone.count, 0);
  const rows = list.map((topic) => [
    renderTopicName(viewer, topic),
    html`<code>${topic.query}</code>`,
    number(viewer, total(topic)),
  ]);
  return html`<h1>${t('menu.topics')}</h1>${renderHelp(viewer, 'topics', html`<a href="/topics/language">${t('language.link')}</a>`)}${renderTable([t('topic.name'), t('topic.query'), t('topic.mentions')], rows, emptyWords(viewer, t('topic.none'), { href: '/start/brand', words: t('empty.brand'), right: 'topics:edit' }))}
    ${hasRight(viewer.user, 'topics:edit') ? renderForm(viewer, draft) : ''}`;
}

async function save(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = { ...viewerOf(res), user: userOf(res) };
  const body = (req.body ?? {}) as Record<string, unknown>;
  const refusal = await saveTopicForm(deps, viewer, body);
  if ('key' in refusal) return res.redirect(303, '/topics?done=1');
  const list = await listTopics(deps.db);
  const key = String(body.key ?? '');
  const draft = {
    key,
    name: String(body.name ?? ''),
    query: String(body.query ?? ''),
    refusal,
    isKnown: list.some((topic) => topic.key === body.topic && topic.origin === 'user'),
  };
  res.status(400);
  sendPage(res, viewer.t('menu.topics'), await renderTopics(deps, viewer, list, draft), SCRIPT);
}

export const topics: Page = {
  path: '/topics',
  title: 'menu.topics',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const list = await listTopics(deps.db);
      const body = await renderTopics(deps, viewer, list, draftOf(list, req.query.edit));
      const notice = renderNotice(req.query, viewer.t('topic.saved'));
      sendPage(res, viewer.t('menu.topics'), html`${notice}${body}`, SCRIPT);
    });
    router.post('/', allow('topics:edit'), (req, res) => save(deps, req, res));
    return router;
  },
};
