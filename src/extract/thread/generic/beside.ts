import type { TreeElement, TreeNode } from '../../page-tree.ts';
import { lineOf } from '../tree-text.ts';
import { parentOf } from './outline.ts';

const MAX_NAME_CHARS = 40;
const NO_NAME =
  /^(?:\d+|#\d+|posted|published|on|at|в|от|by|дата|date|отправлено|добавлено|reply|quote|ответить)$/i;

function asName(text: string): string | undefined {
  const name = text
    .replace(/^(?:posted by|by|от|автор:?|author:?)\s+/i, '')
    .replace(/[\s·•|,:»—–-]+$/, '')
    .replace(/^[\s·•|,:»—–-]+/, '');
  const isName = name.length >= 2 && name.length <= MAX_NAME_CHARS && name.split(' ').length <= 4;
  return isName && !NO_NAME.test(name) && /\p{L}/u.test(name) ? name : undefined;
}

function textOfNode(node: TreeNode): string {
  return node.type === 'text' ? node.data.replace(/\s+/g, ' ').trim() : lineOf(node);
}

function nameBefore(node: TreeNode): string | undefined {
  for (let before = node.prev; before; before = before.prev) {
    const name = asName(textOfNode(before));
    if (name !== undefined) return name;
  }
  return undefined;
}

/** The name that stands before a date («вася · 03.03.2026»), where nothing else tells who wrote. */
export function nameBeside(date: TreeElement): string | undefined {
  const parent = parentOf(date);
  return nameBefore(date) ?? (parent && nameBefore(parent));
}
