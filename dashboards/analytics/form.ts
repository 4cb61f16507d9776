import { html, type Markup } from '../../src/lib/html.ts';
import type { Viewer } from '../auth/session.ts';
import { type Ask, askHref, daysOfPeriod, SPANS } from './ask.ts';
import { lookMark } from './chart.ts';
import { hueOf } from './figure.ts';

/** More topics than these are folded away. */
const OPEN_TOPICS = 8;

function renderSpans({ t }: Viewer, ask: Ask): Markup {
  const items = SPANS.map((span) => {
    const here = ask.span === span ? html` aria-current="true"` : '';
    return html`<li><a href="${askHref(ask, { span })}"${here}>${t(`analytics.days.${span}`)}</a></li>`;
  });
  return html`<ul class="quick" aria-label="${t('analytics.period')}">${items}</ul>`;
}

function renderTopics({ t }: Viewer, { topics, chosen }: Ask): Markup {
  const boxes = topics.map((topic) => {
    const isChosen = chosen.includes(topic) ? html` checked` : '';
    return html`<label class="check"><input type="checkbox" name="topic" value="${topic.key}"${isChosen}> ${lookMark(hueOf(topic))} ${topic.name}</label>`;
  });
  const legend = html`<legend>${t('analytics.topics')}</legend>`;
  if (topics.length <= OPEN_TOPICS) return html`<fieldset class="choices">${legend}${boxes}</fieldset>`;
  const names = chosen.length > 0 ? chosen.map(({ name }) => name).join(', ') : t('analytics.topics.all');
  return html`<fieldset class="choices">${legend}<details><summary>${names}</summary>${boxes}</details></fieldset>`;
}

function renderAgainst({ t }: Viewer, { against, topics, chosen }: Ask): Markup {
  const option = (value: string, name: string, isChosen: boolean): Markup =>
    html`<option value="${value}"${isChosen ? html` selected` : ''}>${name}</option>`;
  const others = topics
    .filter((topic) => !(chosen.length === 1 && chosen.includes(topic)))
    .map((topic) =>
      option(
        `topic:${topic.key}`,
        t('analytics.with.topic', { topic: topic.name }),
        against.kind === 'topic' && against.topic === topic,
      ),
    );
  return html`<label>${t('analytics.with')} <select name="with">${option('before', t('analytics.with.before'), against.kind === 'before')}${option('none', t('analytics.with.none'), against.kind === 'none')}${others}</select></label>`;
}

/** Which time, which topics, compared with what. */
export function renderAskForm(viewer: Viewer, ask: Ask): Markup {
  const { t } = viewer;
  const own = ask.span === null ? daysOfPeriod(ask.period) : { from: '', to: '' };
  const span = ask.span === null ? '' : html`<input type="hidden" name="days" value="${ask.span}">`;
  return html`${renderSpans(viewer, ask)}<form class="asks" action="/analytics">${span}
    ${ask.topics.length > 1 ? renderTopics(viewer, ask) : ''}
    <div class="row">${renderAgainst(viewer, ask)}
    <label>${t('search.from')} <input type="date" name="from" value="${own.from}"></label>
    <label>${t('search.to')} <input type="date" name="to" value="${own.to}"></label>
    <button class="primary">${t('analytics.show')}</button></div></form>`;
}
