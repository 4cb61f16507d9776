import { html, type Markup } from '../../src/lib/html.ts';
import type { Right } from '../../src/model/rights.ts';
import { hasRight, type Viewer } from '../auth/session.ts';

/** Where a person goes to make a page less empty. */
interface Way {
  href: string;
  words: string;
  /** Others do not see it. */
  right: Right;
}

/** What will stand here and when, with the ways to bring that about. */
export function emptyWords({ user }: Pick<Viewer, 'user'>, words: string, ...ways: Way[]): Markup {
  const links = ways
    .filter(({ right }) => hasRight(user, right))
    .map(({ href, words: link }) => html` <a href="${href}">${link}</a>`);
  return html`${words}${links}`;
}
