import { html, type Markup } from '../../src/lib/html.ts';
import type { Facet, Facets } from '../../src/model/search.ts';
import { POST_KINDS } from '../../src/model/tag.ts';
import type { Viewer } from '../auth/session.ts';
import { QUERY_AT_MOST, type SearchForm, searchHref } from '../search-form.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { type Choices, renderFacet } from './facet.ts';

const TONES = ['negative', 'neutral', 'positive', 'unsure'] as const;
const LANGUAGES = ['ru', 'en', 'uk', 'und'];

function languageName({ t, language }: Viewer, code: string): string {
  const key = `language.${code}`;
  if (key in TEXTS) return t(key as TextKey);
  // Codes come from taggers; one that is no BCP 47 code would make Intl throw.
  if (!/^[a-z]{2,3}$/.test(code)) return code;
  return new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
}

function renderCheck(name: string, label: string, checked: boolean): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="1"${checked ? html` checked` : ''}> ${label}</label>`;
}

function renderComplaints({ t }: Viewer, { complaints }: SearchForm): Markup {
  const options = (['1', 'review'] as const).map(
    (value) =>
      html`<option value="${value}"${complaints === value ? html` selected` : ''}>${t(value === '1' ? 'search.complaints' : 'search.review')}</option>`,
  );
  return html`<label>${t('complaint.label')}<select name="complaints"><option value="">${t('search.any')}</option>${options}</select></label>`;
}

/** A day, or a minute when a bar of hours was pressed. */
function renderMoment(name: string, value: string | undefined): Markup {
  return html`<input type="${value?.includes('T') ? 'datetime-local' : 'date'}" name="${name}" value="${value}">`;
}

/** Filters that are at work are never hidden. */
function isNarrowed(form: SearchForm): boolean {
  const { topic, tone, kind, language, source, author, from, to, complaints, all } = form;
  const lists = [...topic, ...tone, ...kind, ...language, ...source];
  return lists.length > 0 || [author, from, to, complaints, all].some(Boolean);
}

/** What is asked most often, one click away; the words and the topic that were chosen stay. */
function renderQuick({ t }: Viewer, form: SearchForm): Markup {
  const plain = { tone: [], complaints: undefined, page: 1 };
  const links: [string, Partial<SearchForm>, boolean][] = [
    [t('quick.all'), plain, form.tone.length === 0 && !form.complaints],
    [t('quick.complaints'), { ...plain, complaints: '1' }, form.complaints === '1'],
    [t('quick.review'), { ...plain, complaints: 'review' }, form.complaints === 'review'],
    ...(['negative', 'positive', 'unsure'] as const).map((label): [string, Partial<SearchForm>, boolean] => [
      t(`tone.${label}`),
      { ...plain, tone: [label] },
      !form.complaints && form.tone.length === 1 && form.tone[0] === label,
    ]),
  ];
  const items = links.map(
    ([word, change, isHere]) =>
      html`<li><a href="${searchHref(form, change)}"${isHere ? html` aria-current="true"` : ''}>${word}</a></li>`,
  );
  return html`<ul class="quick" aria-label="${t('quick.label')}">${items}</ul>`;
}

/** The search box and its filters, each with how many of the found documents it would keep. */
export function renderSearchForm(
  viewer: Viewer,
  form: SearchForm,
  found: Facets | null,
  lists: { topics: Choices; sources: Choices },
): Markup {
  const { t } = viewer;
  const counts = (facet: Facet) => found?.[facet];
  const codes = [...new Set([...LANGUAGES, ...form.language, ...Object.keys(counts('language') ?? {})])];
  const facet = (name: 'topic' | 'tone' | 'kind' | 'language' | 'source', by: Facet, choices: Choices) =>
    renderFacet(viewer, { name, label: t(`search.${name}`), chosen: form[name], choices }, counts(by));
  const facets = [
    facet('topic', 'topic', lists.topics),
    facet(
      'tone',
      'sentiment',
      TONES.map((label) => [label, t(`tone.${label}`)]),
    ),
    facet(
      'kind',
      'intent',
      POST_KINDS.map((kind) => [kind, t(`kind.${kind}`)]),
    ),
    facet(
      'language',
      'language',
      codes.map((code) => [code, languageName(viewer, code)]),
    ),
    facet('source', 'source', lists.sources),
  ];
  return html`<form class="search" method="get" action="/mentions" role="search">
    <div class="row"><input type="search" name="q" value="${form.q}" aria-label="${t('search.label')}" placeholder="${t('search.placeholder')}" maxlength="${QUERY_AT_MOST}" spellcheck="false" autocapitalize="none" data-query="search"><button class="primary">${t('search.submit')}</button></div>
    ${renderQuick(viewer, form)}
    <details class="more"${isNarrowed(form) ? html` open` : ''}><summary>${t('search.filters')}</summary><div class="filters">
      ${facets}
      <label>${t('search.author')}<input name="author" value="${form.author}" maxlength="200"></label>
      <label>${t('search.from')}${renderMoment('from', form.from)}</label>
      <label>${t('search.to')}${renderMoment('to', form.to)}</label>
      ${renderComplaints(viewer, form)}
      ${renderCheck('all', t('search.everything'), form.all === '1')}
      <button>${t('search.apply')}</button> <a href="/mentions">${t('search.reset')}</a>
    </div></details>
  </form>`;
}
