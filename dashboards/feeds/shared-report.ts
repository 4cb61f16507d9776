import type { Response } from 'express';
import { withoutPersonalLinks } from '../../src/act/digest/action-link.ts';
import type { ReportFacts } from '../../src/act/report/facts.ts';
import { renderReport } from '../../src/act/report/render.ts';
import type { OpenLink } from '../../src/store/public-links.ts';
import { getReport } from '../../src/store/reports.ts';
import type { DashboardDeps } from '../deps.ts';

/** Its own styles are inline; nothing in it may run, be fetched or be sent. `within`: sites that may show it in a frame. */
function policyOf(within: readonly string[]): string {
  const ancestors = within.length === 0 ? "'none'" : within.join(' ');
  return `default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'; frame-ancestors ${ancestors}; sandbox allow-popups allow-popups-to-escape-sandbox`;
}

/**
 * A report for people without a login, drawn of its frozen numbers and of nobody's mail: whose it was, and how to unsubscribe, is not told. Customers
 * are in no report. False: there is none.
 */
export async function sendSharedReport(
  { db, embedIn }: DashboardDeps,
  res: Response,
  { reportId }: OpenLink,
  url: string,
): Promise<boolean> {
  const report = reportId === null ? null : await getReport(db, reportId);
  const facts = report?.facts as Partial<ReportFacts> | undefined;
  if (!report || facts?.version !== 1) return false;
  const { html } = renderReport(report.kind, facts as ReportFacts, { url, reader: null });
  res.set('content-security-policy', policyOf(embedIn));
  // The older header knows no list.
  if (embedIn.length > 0) res.removeHeader('x-frame-options');
  res.type('html').send(withoutPersonalLinks(html).replace(/<head>/i, '<head><base target="_blank">'));
  return true;
}
