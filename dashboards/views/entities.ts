import { html, type Markup, safeHref } from '../../src/lib/html.ts';
import { type Entity, NAMED_KINDS } from '../../src/model/entity.ts';
import { findTag, type Tag } from '../../src/model/tag.ts';
import { quote } from '../../src/query/quote.ts';
import type { Viewer } from '../auth/session.ts';

const SHOWN_EACH = 12;
/** Numbers and addresses of people stand in the text for those who may see them; a list of them helps nobody. */
const SHOWN = [...NAMED_KINDS, 'hashtag', 'link'] as const;

function entitiesOf(tags: readonly Tag[]): Entity[] {
  return findTag<Entity[]>(tags, 'entities')?.value ?? [];
}

/** To every document that has the name, in any of its forms. */
function searchAddress(name: string): string {
  return `/mentions?all=1&q=${encodeURIComponent(quote(name))}`;
}

function renderOne({ kind, name }: Entity): Markup {
  if (kind !== 'link') return html`<a href="${searchAddress(name)}">${name}</a>`;
  const shown = name.replace(/^https?:\/\//, '');
  return html`<a href="${safeHref(name)}" rel="noopener noreferrer nofollow" target="_blank">${shown.length > 60 ? `${shown.slice(0, 60).toWellFormed()}…` : shown}</a>`;
}

/** Whom and what a document names, each with a link to the other documents that do; nothing where it names nobody. */
export function renderEntities({ t }: Viewer, tags: readonly Tag[]): Markup {
  const entities = entitiesOf(tags);
  const rows = SHOWN.flatMap((kind) => {
    const own = entities.filter((entity) => entity.kind === kind);
    if (own.length === 0) return [];
    const names = own
      .slice(0, SHOWN_EACH)
      .map((entity, at) => html`${at === 0 ? '' : ', '}${renderOne(entity)}`);
    const more =
      own.length > SHOWN_EACH
        ? html` <span class="muted">${t('entities.more', { n: own.length - SHOWN_EACH })}</span>`
        : '';
    return [html`<dt>${t(`entities.${kind}`)}</dt><dd>${names}${more}</dd>`];
  });
  if (rows.length === 0) return html``;
  return html`<section aria-label="${t('entities.title')}"><dl class="facts entities">${rows}</dl></section>`;
}
