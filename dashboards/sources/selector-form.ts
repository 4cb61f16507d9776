import { SELECTOR_FIELDS, type SelectorDraft, type SelectorPlace } from '../../src/model/selectors.ts';
import type { Source } from '../../src/model/source.ts';

export const KINDS = ['post', 'comment', 'article'] as const;
type Kind = (typeof KINDS)[number];

/** What stands in the form. */
export interface SelectorForm {
  address: string;
  name: string;
  /** Key of the source whose selectors are changed; '' for a new one. */
  source: string;
  kind: Kind;
  draft: SelectorDraft;
}

const LIST_PLACES = ['item', 'link', 'next'] as const;
const DEFAULT_ZONE = 180;
const MAX_CHARS = 1000;

function words(value: unknown, chars = MAX_CHARS): string {
  return typeof value === 'string' ? value.trim().slice(0, chars) : '';
}

function pairs<Name extends string>(
  names: readonly Name[],
  values: Record<string, unknown>,
): { [Key in Name]?: string } {
  const written = names.map((name) => [name, words(values[name])] as const);
  return Object.fromEntries(written.filter(([, value]) => value !== '')) as { [Key in Name]?: string };
}

function zoneOf(value: unknown): number {
  const zone = Number(value ?? DEFAULT_ZONE);
  return Number.isInteger(zone) && zone >= -720 && zone <= 840 ? zone : DEFAULT_ZONE;
}

/** Whatever was sent: what is none of ours is left out. */
export function readSelectorForm(body: Record<string, unknown>): SelectorForm {
  return {
    address: words(body.address, 2100),
    name: words(body.name, 200),
    source: words(body.source, 64),
    kind: KINDS.find((kind) => kind === body.kind) ?? 'post',
    draft: {
      list: pairs(LIST_PLACES, body),
      fields: pairs(SELECTOR_FIELDS, body),
      on: body.on === 'page' ? 'page' : 'list',
      zone: zoneOf(body.zone),
    },
  };
}

/** The form of a source that is watched already. */
export function formOfSource({ key, name, url, settings }: Source): SelectorForm {
  const { list, fields, ...rest } = (settings ?? {}) as Record<string, unknown>;
  const form = readSelectorForm({ ...rest, ...Object(list), ...Object(fields) });
  return { ...form, address: url, name, source: key };
}

/** Settings of a source of kind `selectors`; `before` has what the form does not ask for. */
export function settingsOf({ kind, draft }: SelectorForm, before: unknown = {}): Record<string, unknown> {
  const { list, fields, on, zone } = draft;
  return { ...Object(before), list, fields, on, zone, kind };
}

export function selectorAt({ list, fields }: SelectorDraft, place: SelectorPlace): string {
  const all: { [Place in SelectorPlace]?: string | undefined } = { ...list, ...fields };
  return all[place] ?? '';
}

export function isBlank({ list, fields }: SelectorDraft): boolean {
  return [...Object.values(list), ...Object.values(fields)].every((selector) => !selector);
}
