import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import { showCaret } from '../../src/query/issues.ts';
import { readTopicQuery } from '../../src/query/saved.ts';
import { type ExampleFailure, nameExample } from '../../src/query/why-not.ts';
import { addAudit } from '../../src/store/audit.ts';
import { countTones } from '../../src/store/mentions.ts';
import { findTopicByKey, listTopics, saveTopic } from '../../src/store/topics.ts';
import { allow } from '../access.ts';
import { hasRole, userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';
import { renderTable } from '../views/table.ts';

const formSchema = z.object({
  key: z
    .string()
    .trim()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/),
  name: z.string().trim().min(1).max(200),
  query: z.string().trim().min(1).max(50_000),
  /** The checkbox under failing examples. */
  anyway: z.literal('yes').optional(),
});

interface Draft {
  key: string;
  name: string;
  query: string;
  mistakes: readonly string[];
  /** It stands in the store already, and its key cannot change. */
  isKnown: boolean;
  /** Examples under which it was not saved. */
  failures: readonly ExampleFailure[];
}

const EMPTY: Draft = { key: '', name: '', query: '', mistakes: [], isKnown: false, failures: [] };

/** The topic that `?edit=` names, ready to be changed. */
function draftOf(topics: readonly Topic[], key: unknown): Draft {
  const found = topics.find((topic) => topic.key === key && topic.origin === 'user');
  return found ? { ...EMPTY, ...found, isKnown: true } : EMPTY;
}

function renderFailures({ t, language }: Viewer, failures: readonly ExampleFailure[]): Markup | '' {
  if (failures.length === 0) return '';
  const rows = failures.map(
    ({ example, reasons }) =>
      html`<li>${nameExample(example)[language]}${reasons.map((reason) => html`<br><small>${reason.message[language]}</small>`)}</li>`,
  );
  return html`<div class="error" role="alert"><p>${t('topic.examples.fail')}</p><ul>${rows}</ul></div>
    <label class="check"><input type="checkbox" name="anyway" value="yes"> ${t('topic.examples.anyway')}</label>`;
}

function renderForm(viewer: Viewer, draft: Draft): Markup {
  const { t } = viewer;
  return html`<section class="card" id="form"><h2>${t(draft.isKnown ? 'topic.edit' : 'topic.add')}</h2><p class="muted">${t('topic.help')} <a href="/topics/language">${t('language.link')}</a></p>
    ${draft.mistakes.length === 0 ? '' : html`<pre class="error" role="alert">${draft.mistakes.join('\n')}</pre>`}
    <form method="post" action="/topics" class="stack">${csrfField(viewer)}
      <label>${t('topic.key')}<input name="key" value="${draft.key}" required pattern="[a-z0-9][a-z0-9_\\-]*" maxlength="64"${draft.isKnown ? html` readonly` : ''}><small class="muted">${t('topic.key.hint')}</small></label>
      <label>${t('topic.name')}<input name="name" value="${draft.name}" required maxlength="200"></label>
      <label>${t('topic.query')}<textarea name="query" rows="3" required spellcheck="false" placeholder="${t('topic.example')}">${draft.query}</textarea></label>
      ${renderFailures(viewer, draft.failures)}
      <button class="primary">${t('topic.save')}</button></form></section>`;
}

/** One from the configuration would be put back at the next start. */
function mayEdit({ user }: Viewer, { origin }: Topic): boolean {
  return hasRole(user, 'pr') && origin === 'user';
}

function renderTopicName(viewer: Viewer, topic: Topic): Markup {
  const { t } = viewer;
  const remark = [topic.origin === 'config' ? t('topic.config') : '', topic.enabled ? '' : t('topic.off')]
    .filter(Boolean)
    .join(', ');
  return html`<a href="/mentions?topic=${topic.key}">${topic.name}</a><br><small class="muted">${topic.key}${remark ? `, ${remark}` : ''}</small>${mayEdit(viewer, topic) ? html`<br><a href="/topics?edit=${topic.key}#form">${t('topic.change')}</a>` : ''}`;
}

async function renderTopics(
  deps: DashboardDeps,
  viewer: Viewer,
  list: readonly Topic[],
  draft: Draft,
): Promise<Markup> {
  const { t } = viewer;
  // A moment later than now: what was found at this instant counts.
  const tones = await countTones(deps.db, new Date(0), new Date(viewer.now.getTime() + 1));
  const total = (topic: Topic): number =>
    tones.filter((tone) => tone.topicId === topic.id).reduce((sum, tone) => sum + tone.count, 0);
  const rows = list.map((topic) => [
    renderTopicName(viewer, topic),
    html`<code>${topic.query}</code>`,
    number(viewer, total(topic)),
  ]);
  return html`<h1>${t('menu.topics')}</h1>${renderTable([t('topic.name'), t('topic.query'), t('topic.mentions')], rows, t('topic.none'))}
    ${hasRole(viewer.user, 'pr') ? renderForm(viewer, draft) : ''}`;
}

function mistakesOf(viewer: Viewer, query: string, list: readonly Topic[], key: string): string[] {
  const parsed = readTopicQuery(query, list, key);
  if ('query' in parsed) return [];
  return parsed.issues.map(
    (issue) => `${issue.line}:${issue.column} ${issue.message[viewer.language]}\n${showCaret(query, issue)}`,
  );
}

/** Which fields are wrong, in the reader's words. */
function fieldMistakes({ t }: Viewer, error: z.ZodError): string[] {
  return error.issues
    .map((issue) => `topic.mistake.${String(issue.path[0])}`)
    .filter((key): key is TextKey => key in TEXTS)
    .map((key) => t(key));
}

/** Saving starts the matching of the past, in one transaction with the change. */
async function save(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const body = (req.body ?? {}) as Record<string, unknown>;
  const form = formSchema.safeParse(body);
  const list = await listTopics(deps.db);
  const known = list.find((topic) => topic.key === form.data?.key);
  const mistakes = form.success
    ? [
        ...(known?.origin === 'config' ? [viewer.t('topic.fromconfig')] : []),
        ...mistakesOf(viewer, form.data.query, list, form.data.key),
      ]
    : fieldMistakes(viewer, form.error);
  const failures =
    form.success && mistakes.length === 0 && form.data.anyway !== 'yes'
      ? await deps.actions.failingExamples(form.data.key, form.data.query)
      : [];
  if (!form.success || mistakes.length > 0 || failures.length > 0) {
    const draft = {
      key: String(body.key ?? ''),
      name: String(body.name ?? ''),
      query: String(body.query ?? ''),
      mistakes,
      failures,
      isKnown: known?.origin === 'user',
    };
    res.status(400);
    return sendPage(res, viewer.t('menu.topics'), await renderTopics(deps, viewer, list, draft));
  }
  const now = deps.clock.now();
  await deps.db.transaction(async (tx) => {
    const before = await findTopicByKey(tx, form.data.key);
    const { id, changed } = await saveTopic(tx, form.data, 'user', now, userOf(res).email);
    if (changed) await deps.actions.rematch(tx);
    await addAudit(tx, {
      at: now,
      actor: userOf(res).email,
      action: 'topic.saved',
      subject: `topic:${id}`,
      detail: { before: before?.query ?? null, after: form.data.query },
    });
  });
  res.redirect(303, '/topics?done=1');
}

export const topics: Page = {
  path: '/topics',
  title: 'menu.topics',
  access: 'viewer',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const list = await listTopics(deps.db);
      const body = await renderTopics(deps, viewer, list, draftOf(list, req.query.edit));
      const notice = renderNotice(req.query, viewer.t('topic.saved'));
      sendPage(res, viewer.t('menu.topics'), html`${notice}${body}`);
    });
    router.post('/', allow('pr'), (req, res) => save(deps, req, res));
    return router;
  },
};
