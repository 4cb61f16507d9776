import { html, type Markup } from '../../src/lib/html.ts';
import type { Facet, SearchPage } from '../../src/model/search.ts';
import type { Viewer } from '../auth/session.ts';
import type { SearchForm } from '../search-form.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { number } from './format.ts';

type Choices = readonly (readonly [value: string, label: string])[];

const TONES = ['negative', 'neutral', 'positive', 'unsure'] as const;
const LANGUAGES = ['ru', 'en', 'uk', 'und'];

function languageName({ t, language }: Viewer, code: string): string {
  const key = `language.${code}`;
  if (key in TEXTS) return t(key as TextKey);
  return new Intl.DisplayNames(language, { type: 'language', fallback: 'code' }).of(code) ?? code;
}

function renderSelect(
  viewer: Viewer,
  name: string,
  label: string,
  chosen: readonly string[],
  choices: Choices,
  counts: Record<string, number> | undefined,
): Markup {
  const options = choices.map(([value, text]) => {
    const count = counts?.[value];
    return html`<option value="${value}"${chosen.includes(value) ? html` selected` : ''}>${text}${count === undefined ? '' : ` (${number(viewer, count)})`}</option>`;
  });
  return html`<label>${label}<select name="${name}"><option value="">${viewer.t('search.any')}</option>${options}</select></label>`;
}

function renderCheck(name: string, label: string, checked: boolean): Markup {
  return html`<label class="check"><input type="checkbox" name="${name}" value="1"${checked ? html` checked` : ''}> ${label}</label>`;
}

/** The search box and its filters, each with how many of the found documents it would keep. */
export function renderSearchForm(
  viewer: Viewer,
  form: SearchForm,
  facets: SearchPage['facets'],
  lists: { topics: Choices; sources: Choices },
): Markup {
  const { t } = viewer;
  const counts = (facet: Facet) => facets?.[facet];
  const codes = [...new Set([...LANGUAGES, ...Object.keys(counts('language') ?? {})])];
  return html`<form class="search" method="get" action="/mentions" role="search">
    <div class="row"><input type="search" name="q" value="${form.q}" aria-label="${t('search.label')}" placeholder="${t('search.placeholder')}" maxlength="500"><button class="primary">${t('search.submit')}</button></div>
    <div class="filters">
      ${renderSelect(viewer, 'topic', t('search.topic'), form.topic, lists.topics, counts('topic'))}
      ${renderSelect(
        viewer,
        'tone',
        t('search.tone'),
        form.tone,
        TONES.map((label) => [label, t(`tone.${label}`)] as const),
        counts('sentiment'),
      )}
      ${renderSelect(
        viewer,
        'language',
        t('search.language'),
        form.language,
        codes.map((code) => [code, languageName(viewer, code)] as const),
        counts('language'),
      )}
      ${renderSelect(viewer, 'source', t('search.source'), form.source, lists.sources, counts('source'))}
      <label>${t('search.author')}<input name="author" value="${form.author}" maxlength="200"></label>
      <label>${t('search.from')}<input type="date" name="from" value="${form.from}"></label>
      <label>${t('search.to')}<input type="date" name="to" value="${form.to}"></label>
      ${renderCheck('complaints', t('search.complaints'), form.complaints === '1')}
      ${renderCheck('all', t('search.everything'), form.all === '1')}
      <a href="/mentions">${t('search.reset')}</a>
    </div>
  </form>`;
}
