import { Router } from 'express';
import { html, type Markup } from '../../src/lib/html.ts';
import { addDays, dateKey, localTime } from '../../src/lib/zone.ts';
import type { Talk, TalkSize } from '../../src/model/talk.ts';
import type { Topic } from '../../src/model/topic.ts';
import { getCards } from '../../src/store/cards.ts';
import { listTopics } from '../../src/store/topics.ts';
import { type Viewer, viewerOf } from '../auth/session.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Page } from '../page.ts';
import { readSearchForm, type SearchForm, searchHref, toFilters } from '../search-form.ts';
import { type PhraseContext, renderPhrase } from '../talk/phrase.ts';
import { emptyWords } from '../views/empty.ts';
import { day, number, time } from '../views/format.ts';
import { sendPage } from '../views/shell.ts';

const DAYS = [1, 7, 30] as const;
type Days = (typeof DAYS)[number];

/** The search of what is told of: whole days in the reader's zone, today the last. */
function searchOf({ now, zone }: Viewer, topic: Topic, days: Days): SearchForm {
  const today = localTime(now, zone);
  const from = dateKey(addDays(today, 1 - days));
  return readSearchForm({ topic: topic.key, from, to: dateKey(today) });
}

function renderForm({ t }: Viewer, topics: readonly Topic[], topic: Topic, days: Days): Markup {
  const option = (value: string, word: string, isChosen: boolean): Markup =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${word}</option>`;
  return html`<form class="row" action="/talk">
    <label>${t('talk.topic')} <select name="topic">${topics.map(({ key, name }) => option(key, name, key === topic.key))}</select></label>
    <label>${t('talk.days')} <select name="days">${DAYS.map((one) => option(String(one), t(`talk.days.${one}`), one === days))}</select></label>
    <button>${t('talk.show')}</button></form>`;
}

/** Days of a time, its last one included. */
function daysOf(viewer: Viewer, { from, to }: TalkSize): { from: string; to: string } {
  const show = (at: Date) =>
    new Intl.DateTimeFormat(viewer.language, { day: 'numeric', month: 'long', timeZone: viewer.zone }).format(
      at,
    );
  return { from: show(from), to: show(new Date(to.getTime() - 1)) };
}

function renderFresh(viewer: Viewer, { fresh, period, before }: Talk, context: PhraseContext): Markup {
  const { t } = viewer;
  if (fresh === null) {
    const counts = { now: number(viewer, period.voices), before: number(viewer, before.voices) };
    return html`<p class="empty">${t('talk.fresh.little', counts)}</p>`;
  }
  const days = daysOf(viewer, before);
  if (fresh.length === 0) return html`<p class="empty">${t('talk.fresh.none', days)}</p>`;
  return html`<p class="muted">${t('talk.fresh.how', days)}</p>
    <ol class="phrases">${fresh.map((phrase) => renderPhrase(viewer, phrase, context, true))}</ol>`;
}

function renderKey(viewer: Viewer, { key }: Talk, context: PhraseContext): Markup {
  const { t } = viewer;
  if (key.length === 0) return html`<p class="empty">${t('talk.key.none')}</p>`;
  return html`<p class="muted">${t('talk.key.how')}</p>
    <ol class="phrases">${key.map((phrase) => renderPhrase(viewer, phrase, context, false))}</ol>`;
}

function renderSample(viewer: Viewer, sizes: readonly TalkSize[]): Markup[] {
  return sizes
    .filter(({ read, mentions }) => read < mentions)
    .map(({ read, mentions }) => {
      const counts = { read: number(viewer, read), mentions: number(viewer, mentions) };
      return html`<p class="note">${viewer.t('talk.sample', counts)}</p>`;
    });
}

async function renderTalk(
  deps: DashboardDeps,
  viewer: Viewer,
  topic: Topic,
  search: SearchForm,
): Promise<Markup> {
  const { t } = viewer;
  const { from, to } = toFilters(search, viewer.zone) as { from: Date; to: Date };
  const talk = await deps.actions.talk({ topic, from, to, by: 'said' });
  const examples = [...talk.key, ...(talk.fresh ?? [])].flatMap((phrase) => phrase.examples);
  const cards = new Map((await getCards(deps.db, [...new Set(examples)])).map((card) => [card.id, card]));
  const context: PhraseContext = {
    search,
    period: talk.period,
    before: talk.before,
    cards,
    morphology: deps.morphology,
  };
  return html`<p><a href="${searchHref(search, {})}">${t('talk.size')}: ${t.count('mentions', talk.period.mentions)}</a> <span class="muted">· ${day(viewer, from)} – ${day(viewer, new Date(to.getTime() - 1))} · ${t('talk.voices', { n: number(viewer, talk.period.voices) })} · ${t('talk.at')} ${time(viewer, talk.at)}</span></p>
    ${renderSample(viewer, [talk.period, talk.before])}
    <h2>${t('talk.fresh')}</h2>${renderFresh(viewer, talk, context)}
    <h2>${t('talk.key')}</h2>${renderKey(viewer, talk, context)}`;
}

export const talk: Page = {
  path: '/talk',
  title: 'menu.talk',
  access: 'mentions:read',
  menu: true,
  router: (deps) => {
    const router = Router();
    router.get('/', async (req, res) => {
      const viewer = viewerOf(res);
      const { t } = viewer;
      const topics = await listTopics(deps.db);
      const topic =
        topics.find(({ key }) => key === req.query.topic) ?? topics.find(({ enabled }) => enabled);
      const days = DAYS.find((one) => String(one) === req.query.days) ?? 7;
      const body = topic
        ? html`${renderForm(viewer, topics, topic, days)}${await renderTalk(deps, viewer, topic, searchOf(viewer, topic, days))}`
        : html`<p class="empty">${emptyWords(viewer, t('topic.none'), { href: '/start/brand', words: t('empty.brand'), right: 'topics:edit' })}</p>`;
      sendPage(
        res,
        t('talk.title'),
        html`<h1>${t('talk.title')}</h1><p class="muted">${t('talk.lead')}</p>${body}`,
      );
    });
    return router;
  },
};
