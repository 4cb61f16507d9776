import { html, type Markup } from '../../src/lib/html.ts';
import type { CaseEvent } from '../../src/model/case.ts';
import type { User } from '../../src/model/user.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { reasonName, time } from '../views/format.ts';
import { renderTable } from '../views/table.ts';

type Words = (viewer: Viewer, detail: Record<string, unknown>, users: readonly User[]) => Markup | string;

/** A word that we have in both languages, else what stands there. */
function word({ t }: Viewer, prefix: string, value: unknown): string {
  const key = `${prefix}.${String(value)}`;
  return key in TEXTS ? t(key as TextKey) : String(value ?? '—');
}

function moment(viewer: Viewer, value: unknown): Markup | string {
  return typeof value === 'string' && !Number.isNaN(Date.parse(value)) ? time(viewer, new Date(value)) : '—';
}

function caseLink({ t }: Viewer, id: unknown): Markup | string {
  return typeof id === 'number' ? html`<a href="/cases/${id}">${t('case.title', { id })}</a>` : '';
}

/** What a step changed, in words; steps that say all by their name have none. */
const WORDS: Partial<Record<CaseEvent['kind'], Words>> = {
  status: (viewer, { from, to }) =>
    `${word(viewer, 'case.status', from)} → ${word(viewer, 'case.status', to)}`,
  owner: ({ t }, { to }, users) => users.find(({ id }) => id === to)?.name ?? t('case.nobody'),
  cause: (viewer, { to, severity }) =>
    severity === undefined ? reasonName(viewer, String(to ?? '—')) : word(viewer, 'severity', severity),
  promise: (viewer, { text, until, kept }) =>
    kept === undefined
      ? html`${String(text ?? '—')}${until ? html` (${moment(viewer, until)})` : ''}`
      : word(viewer, 'case.kept', kept === true ? 'yes' : kept === false ? 'no' : 'open'),
  outcome: (viewer, { to }) => word(viewer, 'case.outcome', to ?? 'none'),
  due: (viewer, { to }) => moment(viewer, to),
  note: (_viewer, { text }) => String(text ?? ''),
  merged: (viewer, detail) => caseLink(viewer, detail.with ?? detail.into),
  split: (viewer, { into, from }) => caseLink(viewer, into ?? from),
  incident: ({ t }, { incident }) =>
    html`<a href="/cases/incidents/${String(incident)}">${t('incident.title', { id: String(incident) })}</a>`,
  withdrawn: (viewer, { reason }) => word(viewer, 'case.withdrawn', reason),
};

function actorName({ t }: Viewer, actor: string, users: readonly User[]): string {
  if (actor === 'system') return t('case.by.system');
  if (actor.startsWith('crm:')) return t('case.by.crm', { endpoint: actor.slice(4) });
  return users.find(({ email }) => email === actor)?.name ?? actor;
}

/** Everything that happened to a case, the newest first. */
export function renderHistory(viewer: Viewer, events: readonly CaseEvent[], users: readonly User[]): Markup {
  const { t } = viewer;
  const rows = events
    .toReversed()
    .map((event) => [
      time(viewer, event.at),
      t(`case.event.${event.kind}`),
      html`${WORDS[event.kind]?.(viewer, event.detail, users) ?? ''}`,
      actorName(viewer, event.actor, users),
    ]);
  return renderTable(
    [t('case.when'), t('case.step'), t('case.detail'), t('case.who')],
    rows,
    t('case.nohistory'),
  );
}
