import { z } from 'zod';
import { html, type Markup } from '../../src/lib/html.ts';
import type { SessionId } from '../../src/model/ids.ts';
import type { OpenSession } from '../../src/store/sessions.ts';
import type { Viewer } from '../auth/session.ts';
import { time } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import { renderTable } from '../views/table.ts';

/** One session, all save the present one, or all. */
export const whichSchema = z.object({
  session: z.union([z.enum(['others', 'all']), z.coerce.number().int().positive()]),
});

/** `action`: where its forms go. `own`: the session that asks, if it is one of these. */
export function renderSessions(
  viewer: Viewer,
  sessions: readonly OpenSession[],
  { action, own }: { action: string; own: SessionId | null },
): Markup {
  const { t } = viewer;
  const rows = sessions.map((one) => {
    const browser = one.browser || t('sessions.unknown');
    const end = html`<form method="post" action="${action}">${csrfField(viewer)}<button name="session" value="${one.id}" aria-label="${t('sessions.end.one', { browser })}">${t('sessions.end')}</button></form>`;
    return [
      browser,
      time(viewer, one.createdAt),
      time(viewer, one.lastSeenAt),
      one.network || t('sessions.nowhere'),
      one.id === own ? html`<strong>${t('sessions.this')}</strong>` : end,
    ];
  });
  const head = ['browser', 'since', 'seen', 'network'] as const;
  return renderTable(
    [...head.map((word) => t(`sessions.${word}`)), t('sessions.end')],
    rows,
    t('sessions.none'),
  );
}
