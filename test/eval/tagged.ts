import { readFileSync } from 'node:fs';
import type { TagResources, Target } from '../../src/model/ports.ts';
import { type Tag, tagOf } from '../../src/model/tag.ts';
import { understand } from '../../src/understand/understand.ts';

/** Lines of a file in `test/eval/data`. */
export function readPosts<Post>(file: string): Post[] {
  const text = readFileSync(new URL(`./data/${file}`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Post);
}

export function tagPost(text: string, targets: readonly Target[], resources: TagResources): Tag[] {
  const document = { title: null, text, kind: 'post' as const, declaredLanguage: null };
  return understand({ document, targets }, resources);
}

export function readTag<Value>(tags: readonly Tag[], kind: string, target = ''): Value {
  return tagOf<Value>(tags, kind, target).value;
}
