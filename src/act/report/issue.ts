import { randomUUID } from 'node:crypto';
import type { ReportKind } from '../../model/report.ts';
import type { Db } from '../../store/db.ts';
import { addDelivery } from '../../store/deliveries.ts';
import type { DigestRecipient } from '../../store/digests.ts';
import { addReport, setReportDelivery, setReportParts } from '../../store/reports.ts';
import { asSeenBy } from '../../store/teams.ts';
import { toMail } from '../digest/send.ts';
import { collectReport, type ReportEdges, type ReportWish } from './collect.ts';
import { renderReport } from './render.ts';
import { type ReportSettings, reportPeriod, type ScheduledKind } from './schedule.ts';

interface Whose {
  kind: ReportKind;
  periodKey: string;
  recipient: DigestRecipient | null;
  madeBy: string;
}

/** Writes a report, in the caller's transaction. null when it was written before. */
async function writeReport(
  tx: Db,
  wish: ReportWish,
  { kind, periodKey, recipient, madeBy }: Whose,
  edges: ReportEdges,
  now: Date,
): Promise<{ id: number; subject: string; html: string; text: string } | null> {
  const facts = await collectReport(tx, wish, edges);
  const { from, to, language, zone } = wish;
  const row = { kind, periodKey, from, to, language, zone, facts, madeBy, madeAt: now };
  const id = await addReport(tx, { ...row, recipient: recipient?.key ?? null });
  if (id === null) return null;
  const { dashboardUrl } = edges;
  const reader = recipient && {
    email: recipient.email,
    unsubscribeUrl: `${dashboardUrl}/unsubscribe/${recipient.unsubscribeToken}`,
  };
  const rendered = renderReport(kind, facts, { url: `${dashboardUrl}/reports/${id}`, reader });
  await setReportParts(tx, id, rendered);
  return { id, ...rendered };
}

/** By hand, of any time. Returns its number. */
export async function makeReport(
  tx: Db,
  wish: ReportWish & { periodKey: string; madeBy: string },
  edges: ReportEdges,
  now: Date,
): Promise<number> {
  const { periodKey, madeBy } = wish;
  const whose = { kind: 'hand' as const, periodKey, recipient: null, madeBy };
  const report = await writeReport(tx, wish, whose, edges, now);
  if (!report) throw new Error('a report by hand is always written');
  return report.id;
}

/** One by the schedule of its recipient, handed to the mail queue. null when it was written before. */
export async function issueReport(
  tx: Db,
  recipient: DigestRecipient,
  { kind, settings, dueAt }: { kind: ScheduledKind; settings: ReportSettings; dueAt: Date },
  edges: ReportEdges,
  now: Date,
): Promise<number | null> {
  const { key, from, to } = reportPeriod(kind, settings, dueAt);
  const { topics, language, zone } = recipient;
  const whose = { kind, periodKey: key, recipient, madeBy: 'schedule' };
  const wish = { topics, from, to, language, zone };
  const report = await asSeenBy(tx, recipient.email, () => writeReport(tx, wish, whose, edges, now));
  if (!report) return null;
  const id = randomUUID();
  const { subject, html, text } = report;
  await addDelivery(tx, {
    id,
    channel: 'mail',
    endpoint: recipient.email,
    eventType: `report.${kind}`,
    eventKey: `report:${recipient.key}:${kind}:${key}`,
    payload: toMail(
      id,
      recipient,
      { subject, html, text },
      { dashboardUrl: edges.dashboardUrl, list: 'report' },
    ),
    createdAt: now,
  });
  await setReportDelivery(tx, report.id, id);
  return report.id;
}
