import { cleanAddress, withoutHash } from '../address.ts';
import { descendants } from '../tree-text.ts';
import type { Block } from './fields.ts';

/** Where ids of posts are kept on pages of unknown make, from the surest. */
const ID_NAMES = [
  'id',
  'name',
  'data-post-id',
  'data-comment-id',
  'data-id',
  'data-postid',
  'data-pid',
  'data-commentid',
  'data-post',
  'data-content',
  'data-message-id',
  'data-answerid',
  'data-questionid',
  'data-key',
];
const ID = /^(?:[a-z_-]{0,30}[_-]?)?(\d{1,12})$/i;

interface Found {
  id: string;
  anchor?: string;
}

/** Attribute by attribute: what could be the block's id. */
function idsOf({ element, inner }: Block): Map<string, Found> {
  const found = new Map<string, Found>();
  let depth = 0;
  for (const at of [element, ...descendants(element, inner)]) {
    depth += 1;
    if (depth > 60) break;
    for (const name of ID_NAMES) {
      const value = at.attribs[name];
      const id = value === undefined ? undefined : ID.exec(value.trim())?.[1];
      const where = `${at === element ? 'own' : at.name}@${name}`;
      if (id === undefined || found.has(where)) continue;
      found.set(where, { id, ...(name === 'id' || name === 'name' ? { anchor: value ?? '' } : {}) });
    }
  }
  return found;
}

/** The attribute whose numbers differ from block to block and which nearly all have. */
export function readIds(blocks: readonly Block[]): (Found | undefined)[] {
  const ids = blocks.map(idsOf);
  const places = new Map<string, Set<string>>();
  for (const found of ids) {
    for (const [where, { id }] of found) places.set(where, (places.get(where) ?? new Set()).add(id));
  }
  const [chosen] = [...places]
    .filter(([, values]) => values.size >= blocks.length * 0.7)
    .sort((one, other) => weight(one) - weight(other));
  return ids.map((found) => (chosen ? found.get(chosen[0]) : undefined));
}

function weight([where, values]: [string, Set<string>]): number {
  const isOrdinal = [...values].every((id) => id.length <= 2);
  return (where.startsWith('own@') ? 0 : 1) + (isOrdinal ? 3 : 0) - values.size / 10_000;
}

/** A link in the block that leads to the block: by its id or anchor. */
export function permalinkOf(
  { element, inner }: Block,
  found: Found | undefined,
  url: string,
): string | undefined {
  if (!found) return undefined;
  const isOwn = new RegExp(`(?:^|[^0-9])${found.id}(?:[^0-9]|$)`);
  for (const link of descendants(element, inner)) {
    const { href } = link.attribs;
    if (link.name !== 'a' || href === undefined || href.startsWith('#') || NO_LINK.test(href)) continue;
    const address = cleanAddress(href, url);
    if (address !== undefined && isOwn.test(address.replace(withoutHash(url), ''))) return address;
  }
  return found.anchor === undefined
    ? undefined
    : `${withoutHash(cleanAddress(url, url) ?? url)}#${found.anchor}`;
}

const NO_LINK =
  /report|quote|reply|edit|delete|like|vote|flag|share|action=|do=(?!findcomment)|act=(?!findpost)|login|signup|revisions|timeline/i;
