import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import { addAudit } from '../../src/store/audit.ts';
import type { Db } from '../../src/store/db.ts';
import { addTeam, listTeams, removeTeam, setTeam, type Team } from '../../src/store/teams.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { listSchema, numberParam } from '../params.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';
import { renderNotice } from '../views/notice.ts';
import { sendPage } from '../views/shell.ts';

const idSchema = z.coerce.number().int().positive();
const teamSchema = z.object({ topics: listSchema(idSchema), members: listSchema(idSchema) });
const nameSchema = z.object({ name: z.string().trim().min(1).max(60) });

interface Choices {
  topics: readonly Topic[];
  users: readonly ListedUser[];
}

function renderBoxes(
  legend: string,
  name: string,
  choices: readonly { id: number; name: string }[],
  chosen: readonly number[],
): Markup {
  const boxes = choices.map(
    (one) =>
      html`<label class="check"><input type="checkbox" name="${name}" value="${one.id}"${chosen.includes(one.id) ? html` checked` : ''}> ${one.name}</label>`,
  );
  return html`<fieldset><legend>${legend}</legend>${boxes}</fieldset>`;
}

function renderTeam(viewer: Viewer, team: Team, { topics, users }: Choices): Markup {
  const { t } = viewer;
  const people = users.map(({ id, name, email }) => ({ id, name: `${name} (${email})` }));
  return html`<section class="card" id="team-${team.id}"><h2>${team.name}</h2>${team.topics.length === 0 ? html`<p class="note">${t('teams.notopics')}</p>` : ''}
    <form method="post" action="/teams/${team.id}" class="stack">${csrfField(viewer)}
      ${renderBoxes(t('teams.topics'), 'topics', topics, team.topics)}${renderBoxes(t('teams.members'), 'members', people, team.members)}
      <button class="primary">${t('teams.save')}</button></form>
    <form method="post" action="/teams/${team.id}/remove">${csrfField(viewer)}<button class="link">${t('teams.remove')}</button></form></section>`;
}

async function show(
  deps: DashboardDeps,
  res: Response,
  notice: Markup,
  mistakes: TextKey[] = [],
): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const [teams, topics, users] = await Promise.all([
    listTeams(deps.db),
    listTopics(deps.db),
    listUsers(deps.db),
  ]);
  const cards = teams.map((team) => renderTeam(viewer, team, { topics, users }));
  sendPage(
    res,
    t('teams.title'),
    html`<h1>${t('teams.title')}</h1>${notice}<p>${t('teams.lead')}</p>${teams.length === 0 ? html`<p class="empty">${t('teams.none')}</p>` : cards}
    <section class="card"><h2>${t('teams.add')}</h2>${renderMistakes(mistakes.map((key) => t(key)))}<form method="post" action="/teams" class="stack narrow">${csrfField(viewer)}
      <label>${t('teams.name')}<input name="name" maxlength="60" required></label><button>${t('teams.add')}</button></form></section>`,
  );
}

async function refuse(deps: DashboardDeps, res: Response, mistake: TextKey): Promise<void> {
  res.status(400);
  await show(deps, res, html``, [mistake]);
}

async function make(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const form = nameSchema.safeParse(req.body);
  if (!form.success) return refuse(deps, res, 'teams.mistake.name');
  const at = deps.clock.now();
  const actor = userOf(res).email;
  const id = await deps.db.transaction(async (tx) => {
    const made = await addTeam(tx, form.data.name, at);
    if (made !== null)
      await addAudit(tx, { at, actor, action: 'team.added', subject: `team:${made}`, detail: form.data });
    return made;
  });
  if (id === null) return refuse(deps, res, 'teams.taken');
  res.redirect(303, `/teams?done=1#team-${id}`);
}

type TeamRequest = Request<{ id: string }>;

/** Carries out a change of the team in the address, with its entry in the audit; 404 for none. */
function change(
  deps: DashboardDeps,
  action: string,
  run: (tx: Db, id: number, body: unknown) => Promise<Record<string, unknown> | null>,
) {
  return async (req: TeamRequest, res: Response): Promise<void> => {
    const id = numberParam<number>(req.params.id);
    const at = deps.clock.now();
    const actor = userOf(res).email;
    await deps.db.transaction(async (tx) => {
      const detail = id === null ? null : await run(tx, id, req.body);
      if (detail === null) {
        res.status(404);
        throw new Error('no such team');
      }
      await addAudit(tx, { at, actor, action, subject: `team:${id}`, detail });
    });
    res.redirect(303, '/teams?done=1');
  };
}

export const teams: Page = {
  path: '/teams',
  title: 'teams.title',
  access: 'users:edit',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', (req, res) => show(deps, res, renderNotice(req.query, viewerOf(res).t('teams.done'))));
    router.post('/', (req, res) => make(deps, req, res));
    router.post(
      '/:id',
      change(deps, 'team.changed', async (tx, id, body) => {
        const wish = teamSchema.parse(body);
        return (await setTeam(tx, id, wish)) ? wish : null;
      }),
    );
    router.post(
      '/:id/remove',
      change(deps, 'team.removed', async (tx, id) => ((await removeTeam(tx, id)) ? {} : null)),
    );
    return router;
  },
};
