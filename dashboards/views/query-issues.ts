import { html, type Markup } from '../../src/lib/html.ts';
import type { QueryIssue } from '../../src/query/ast.ts';
import { showCaret } from '../../src/query/issues.ts';
import type { Viewer } from '../auth/session.ts';

/** What is wrong with a query, each with its place. */
export function renderQueryIssues(
  { t, language }: Viewer,
  query: string,
  issues: readonly QueryIssue[],
): Markup {
  const items = issues.map(
    (issue) =>
      html`<li>${issue.line}:${issue.column} ${issue.message[language]}<pre>${showCaret(query, issue)}</pre></li>`,
  );
  return html`<h2>${t('language.wrong')}</h2><div class="error" role="alert"><ul>${items}</ul></div>`;
}
