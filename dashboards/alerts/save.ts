import type { Request, Response } from 'express';
import { findKind } from '../../src/act/alerts/kinds/registry.ts';
import type { InputIssue } from '../../src/lib/errors.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Alert, AlertDefinition } from '../../src/model/alert.ts';
import { findAlert, listAlerts } from '../../src/store/alerts.ts';
import { seeAll } from '../../src/store/limited-reads.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import { keyOfName } from '../name-key.ts';
import { sendPage } from '../views/shell.ts';
import { checkAlert, unsavedAlert } from './check.ts';
import { type AlertForm, one, SETTING_FIELDS, toWritten } from './fields.ts';
import { ALERT_SCRIPTS, renderAlertForm } from './form.ts';
import { renderRehearsed } from './rehearsed.ts';

function readForm(body: unknown): AlertForm {
  const entries = Object.entries((body ?? {}) as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.map(String) : String(value)]),
  );
}

/** A mistake in the reader's words. */
function mistakeOf({ t }: Viewer, kind: string, { at }: InputIssue): string {
  const place = at.replace(/^\./, '');
  if (/^(tell|people|chats|webhooks)\b/.test(place)) return t('alerts.mistake.tell');
  if (place.startsWith('policy.escalate')) return t('alerts.mistake.escalate');
  if (place.startsWith('condition')) return t('alerts.mistake.condition');
  if (place === 'name' || place === 'key') return t(`alerts.mistake.${place}`);
  const name = place.split('.')[1] ?? place;
  const field = (SETTING_FIELDS[kind] ?? []).find((setting) => setting.name === name);
  return t('alerts.mistake.field', { field: field ? t(field.word) : place });
}

type Checked = { definition: AlertDefinition } | { mistakes: string[] };

async function check(
  deps: DashboardDeps,
  viewer: Viewer,
  form: AlertForm,
  known: Alert | null,
  isNew: boolean,
): Promise<Checked> {
  const kind = one(form, 'kind');
  const read = await checkAlert(deps, toWritten(form, isNew ? {} : known?.settings));
  const issues = 'issues' in read ? read.issues : [];
  const mistakes = issues.map((issue) => mistakeOf(viewer, kind, issue));
  if (isNew && known) mistakes.push(viewer.t('alerts.mistake.taken'));
  return 'issues' in read || mistakes.length > 0 ? { mistakes: [...new Set(mistakes)] } : read;
}

/** Until the reader goes away. */
function untilClosed(res: Response): AbortSignal {
  const leaving = new AbortController();
  res.once('close', () => leaving.abort());
  return leaving.signal;
}

/** Saves the alert of the form, or rehearses it and shows the form again. */
export async function saveOrRehearse(deps: DashboardDeps, req: Request, res: Response): Promise<void> {
  const viewer = viewerOf(res);
  const { t } = viewer;
  const form = readForm(req.body);
  const isNew = one(form, 'known') !== '1';
  if (!findKind(one(form, 'kind'))) return res.redirect(303, '/alerts');
  if (isNew && one(form, 'key') === '') {
    const taken = await seeAll(() => listAlerts(deps.db));
    form.key = keyOfName(
      one(form, 'name'),
      taken.map(({ key }) => key),
    );
  }
  // The key of an alert that another team sees is taken, too: that one would be written over.
  const find = () => findAlert(deps.db, one(form, 'key'));
  const known = isNew ? await seeAll(find) : await find();
  if (!isNew && known === null) return res.redirect(303, '/alerts');
  const shown = isNew ? null : known;
  const send = async (mistakes: readonly string[], answer: Markup): Promise<void> => {
    const heading = shown?.name ?? t('alerts.new');
    const body = await renderAlertForm(deps, viewer, form, { known: shown, mistakes });
    const back = html`<p><a href="/alerts">← ${t('alerts.back')}</a></p><h1>${heading}</h1>`;
    sendPage(res, heading, html`${back}${answer}${body}`, ...ALERT_SCRIPTS);
  };
  const checked = await check(deps, viewer, form, known, isNew);
  if ('mistakes' in checked) {
    res.status(400);
    return send(checked.mistakes, html``);
  }
  const { definition } = checked;
  if (one(form, 'what') === 'rehearse') {
    const alert = unsavedAlert(definition, viewer.zone, viewer.now);
    const result = await deps.alerts.rehearse(alert, viewer.language, untilClosed(res));
    return send([], renderRehearsed(viewer, result));
  }
  await deps.alerts.save(definition, { actor: userOf(res).email, zone: viewer.zone });
  res.redirect(303, `/alerts/${definition.key}?done=1&what=saved`);
}
