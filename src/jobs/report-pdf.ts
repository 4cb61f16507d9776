import { withoutPersonalLinks } from '../act/digest/action-link.ts';
import type { ReportFacts } from '../act/report/facts.ts';
import { renderReport } from '../act/report/render.ts';
import { printPdf } from '../fetch/browser-pdf.ts';
import type { Report } from '../model/report.ts';
import { getReport, keepReportPdf, readReportPdf } from '../store/reports.ts';
import type { JobDeps } from './deps.ts';

/** The page of a report as it was written; drawn anew from its facts where somebody in it was erased. Links of its reader are dead in it. */
export function reportPage(report: Report, dashboardUrl: string): string {
  if (report.html !== '') return withoutPersonalLinks(report.html);
  const url = `${dashboardUrl}/reports/${report.id}`;
  return renderReport(report.kind, report.facts as ReportFacts, { url, reader: null }).html;
}

export interface ReportPdfs {
  /** The same bytes each time. null: there is no such report. @throws PermanentError `no-browser` with what to install */
  pdfOf(id: number): Promise<Uint8Array | null>;
}

/** One browser at a time, whoever asks. */
export function createReportPdfs(
  deps: Pick<JobDeps, 'db' | 'log' | 'casePolicy'>,
  executablePath: string | undefined,
): ReportPdfs {
  let last: Promise<unknown> = Promise.resolve();
  const make = async (id: number): Promise<Uint8Array | null> => {
    const known = await readReportPdf(deps.db, id);
    if (known) return known;
    const report = await getReport(deps.db, id);
    if (!report) return null;
    const page = reportPage(report, deps.casePolicy.dashboardUrl);
    await keepReportPdf(deps.db, id, await printPdf(page, { executablePath, log: deps.log }));
    return readReportPdf(deps.db, id);
  };
  return {
    pdfOf: (id) => {
      const mine = last.then(() => make(id));
      last = mine.catch(() => undefined);
      return mine;
    },
  };
}
