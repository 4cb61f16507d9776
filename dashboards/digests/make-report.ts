import type { Request, Response } from 'express';
import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import { addDays, dateKey, type LocalDate, localTime, midnight } from '../../src/lib/zone.ts';
import type { Language } from '../../src/model/user.ts';
import { addAudit } from '../../src/store/audit.ts';
import { listTopics } from '../../src/store/topics.ts';
import { userOf, type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { TextKey } from '../texts.ts';
import { csrfField } from '../views/layout.ts';
import { renderMistakes } from '../views/mistakes.ts';

const MOST_DAYS = 366;

export interface ReportForm {
  from: string;
  to: string;
  topics: string[];
}

const schema = z.object({
  from: z.string().max(100).default(''),
  to: z.string().max(100).default(''),
  topics: z
    .union([z.string(), z.array(z.string())])
    .default([])
    .transform((value) => (Array.isArray(value) ? value : [value]).slice(0, 500)),
});

/** The seven days before today. */
export function emptyReportForm({ now, zone }: Viewer): ReportForm {
  const today = localTime(now, zone);
  return { from: dateKey(addDays(today, -7)), to: dateKey(addDays(today, -1)), topics: [] };
}

export async function renderReportForm(
  deps: DashboardDeps,
  viewer: Viewer,
  form: ReportForm,
  mistakes: readonly TextKey[],
): Promise<Markup> {
  const { t } = viewer;
  const topics = (await listTopics(deps.db)).filter(({ enabled }) => enabled);
  const checks = topics.map(
    ({ key, name }) =>
      html`<label class="check"><input type="checkbox" name="topics" value="${key}"${form.topics.includes(key) ? html` checked` : ''}> ${name}</label>`,
  );
  return html`<section class="card" id="new"><h2>${t('report.new')}</h2>${renderMistakes(mistakes.map((mistake) => t(mistake)))}
    <form method="post" action="/reports" class="stack narrow">${csrfField(viewer)}
      <label>${t('report.from')}<input type="date" name="from" value="${form.from}" required></label>
      <label>${t('report.to')}<input type="date" name="to" value="${form.to}" required></label>
      <fieldset><legend>${t('digest.topics')}</legend>${checks}<small class="muted">${t('digest.topics.hint')}</small></fieldset>
      <button class="primary">${t('report.make')}</button></form></section>`;
}

function readDay(text: string): LocalDate | null {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = { year: Number(year), month: Number(month), day: Number(day) };
  return dateKey(addDays(date, 0)) === text ? date : null;
}

/** Whole local days that are over; null: these are none. */
function spanOf({ from, to }: ReportForm, { zone, now }: ReportMaker): { from: Date; to: Date } | null {
  const [first, last] = [readDay(from), readDay(to)];
  if (!first || !last || first.year < 2000) return null;
  const span = { from: midnight(first, zone), to: midnight(addDays(last, 1), zone) };
  const days = (span.to.getTime() - span.from.getTime()) / 86_400_000;
  return days > 0.5 && days <= MOST_DAYS + 0.5 && span.to <= now ? span : null;
}

/** For whom it is written, and by whom. */
export interface ReportMaker {
  language: Language;
  /** IANA zone, in whose days it counts. */
  zone: string;
  now: Date;
  /** As the audit names people. */
  actor: string;
}

/** Returns the report's number, or what is wrong with the form. */
export async function makeReport(
  deps: DashboardDeps,
  form: ReportForm,
  maker: ReportMaker,
): Promise<number | TextKey> {
  const known = new Set((await listTopics(deps.db)).map(({ key }) => key));
  const span = spanOf(form, maker);
  if (!span) return 'report.bad.span';
  if (!form.topics.every((key) => known.has(key))) return 'digest.bad.topic';
  const { language, zone, now, actor } = maker;
  const topics = form.topics.length === 0 ? null : form.topics;
  return deps.db.transaction(async (tx) => {
    const wish = { ...span, topics, language, zone, periodKey: form.to, madeBy: actor };
    const made = await deps.reports.make(tx, wish);
    const detail = { from: form.from, to: form.to };
    await addAudit(tx, { at: now, actor, action: 'report.made', subject: `report:${made}`, detail });
    return made;
  });
}

/** Returns the mistakes in the form, or makes the report and goes there. */
export async function makeByHand(
  deps: DashboardDeps,
  req: Request,
  res: Response,
): Promise<{ form: ReportForm; mistakes: TextKey[] } | null> {
  const { language, zone } = viewerOf(res);
  const form = schema.parse(req.body ?? {});
  const maker = { language, zone, now: deps.clock.now(), actor: userOf(res).email };
  const made = await makeReport(deps, form, maker);
  if (typeof made === 'string') return { form, mistakes: [made] };
  res.redirect(303, `/reports/${made}`);
  return null;
}
