import { type Request, type Response, Router } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Db } from '../../src/store/db.ts';
import { addTeam, listTeams, removeTeam, setTeam, type Team } from '../../src/store/teams.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type ListedUser, listUsers } from '../../src/store/users.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { listSchema, numberParam } from '../params.ts';
import { changeTeam } from '../people/change-team.ts';
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
  const entry = { action: 'team.added', actor: userOf(res).email, detail: form.data };
  const id = await changeTeam(deps, entry, (tx) => addTeam(tx, form.data.name, deps.clock.now()));
  if (id === null) return refuse(deps, res, 'teams.taken');
  res.redirect(303, `/teams?done=1#team-${id}`);
}

type TeamRequest = Request<{ id: string }>;

/** Carries out a change of the team in the address; 404 for none. */
async function change(
  deps: DashboardDeps,
  req: TeamRequest,
  res: Response,
  { action, detail = {} }: { action: string; detail?: Record<string, unknown> },
  run: (tx: Db, id: number) => Promise<boolean>,
): Promise<void> {
  const id = numberParam<number>(req.params.id);
  const entry = { action, actor: userOf(res).email, detail };
  const changed =
    id === null ? null : await changeTeam(deps, entry, async (tx) => ((await run(tx, id)) ? id : null));
  if (changed === null) {
    res.status(404);
    throw new Error('no such team');
  }
  res.redirect(303, '/teams?done=1');
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
    router.post('/:id', (req: TeamRequest, res) => {
      const detail = teamSchema.parse(req.body);
      return change(deps, req, res, { action: 'team.changed', detail }, (tx, id) => setTeam(tx, id, detail));
    });
    router.post('/:id/remove', (req: TeamRequest, res) =>
      change(deps, req, res, { action: 'team.removed' }, removeTeam),
    );
    return router;
  },
};
