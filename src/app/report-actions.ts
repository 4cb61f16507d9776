import type { ReportActionsOfPages } from '../../dashboards/deps.ts';
import { makeReport } from '../act/report/issue.ts';
import type { JobDeps } from '../jobs/deps.ts';
import { createReportPdfs, reportPage } from '../jobs/report-pdf.ts';
import { reportEdges } from '../jobs/reports.ts';

/** What the dashboard does with reports, by the jobs that it may not import. `executablePath`: of a browser, where one is named. */
export function reportActions(
  deps: Pick<JobDeps, 'db' | 'clock' | 'log' | 'casePolicy' | 'resources'>,
  executablePath: string | undefined,
): ReportActionsOfPages {
  const { pdfOf } = createReportPdfs(deps, executablePath);
  return {
    make: (tx, wish) => makeReport(tx, wish, reportEdges(deps), deps.clock.now()),
    page: (report) => reportPage(report, deps.casePolicy.dashboardUrl),
    pdf: pdfOf,
  };
}
