import type { Page } from './page.ts';
import { alerts } from './pages/alerts.ts';
import { analytics } from './pages/analytics.ts';
import { audit } from './pages/audit.ts';
import { basket } from './pages/basket.ts';
import { cases } from './pages/cases.ts';
import { crm } from './pages/crm.ts';
import { customers } from './pages/customers.ts';
import { customersImport } from './pages/customers-import.ts';
import { deliveries } from './pages/deliveries.ts';
import { digests } from './pages/digests.ts';
import { evidence } from './pages/evidence.ts';
import { feeds } from './pages/feeds.ts';
import { lab } from './pages/lab.ts';
import { language } from './pages/language.ts';
import { latency } from './pages/latency.ts';
import { loyalty } from './pages/loyalty.ts';
import { mentions } from './pages/mentions.ts';
import { portfolio } from './pages/portfolio.ts';
import { recall } from './pages/recall.ts';
import { reports } from './pages/reports.ts';
import { review } from './pages/review.ts';
import { roles } from './pages/roles.ts';
import { rules } from './pages/rules.ts';
import { scorecard } from './pages/scorecard.ts';
import { secondFactor } from './pages/second-factor.ts';
import { selectors } from './pages/selectors.ts';
import { sessions } from './pages/sessions.ts';
import { settings } from './pages/settings.ts';
import { sources } from './pages/sources.ts';
import { start } from './pages/start.ts';
import { stories } from './pages/stories.ts';
import { talk } from './pages/talk.ts';
import { teams } from './pages/teams.ts';
import { today } from './pages/today.ts';
import { tokens } from './pages/tokens.ts';
import { topics } from './pages/topics.ts';
import { users } from './pages/users.ts';
import type { TextKey } from './texts.ts';

/** Pages that belong together under one word of the menu. */
export interface PageGroup {
  /** null: they stand above all others, without a word. */
  title: TextKey | null;
  pages: readonly Page[];
}

/** One line a page; the menu is drawn from it, in this order. */
export const groups: readonly PageGroup[] = [
  { title: null, pages: [today, mentions, cases, customersImport, customers, review] },
  {
    title: 'menu.group.insight',
    pages: [analytics, talk, stories, portfolio, latency, loyalty, digests, reports],
  },
  { title: 'menu.group.watch', pages: [topics, lab, language, sources, selectors, alerts, rules, basket] },
  { title: 'menu.group.quality', pages: [recall, scorecard] },
  { title: 'menu.group.links', pages: [crm, deliveries, feeds] },
  {
    title: 'menu.group.house',
    pages: [start, users, roles, teams, tokens, audit, evidence, settings, sessions, secondFactor],
  },
];

export const pages: readonly Page[] = groups.flatMap((group) => group.pages);
