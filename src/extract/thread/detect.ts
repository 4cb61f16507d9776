import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import { engines } from './engines/registry.ts';
import type { ForumEngine, PageTree } from './model.ts';

/** Less is a guess. */
const ENOUGH = 0.3;
/** An engine that shows by its addresses alone must prove itself by posts. */
export const CERTAIN = 0.6;

/** The engine that is surest of a page; undefined when none is. One alone is the user's word, and taken. */
export function chooseEngine(
  page: PageTree,
  among: readonly ForumEngine[] = engines,
): { engine: ForumEngine; confidence: number } | undefined {
  let best: { engine: ForumEngine; confidence: number } | undefined;
  for (const engine of among) {
    const confidence = among.length === 1 ? Math.max(CERTAIN, engine.detect(page)) : engine.detect(page);
    if (confidence >= ENOUGH && confidence > (best?.confidence ?? 0)) best = { engine, confidence };
  }
  return best;
}

/** Which engine made this page; `generic` with confidence 0 when none is recognised. */
export function detectEngine(html: string, url: string): { kind: string; confidence: number } {
  const found = chooseEngine({
    $: loadTree(html, { limits: THREAD_LIMITS }),
    url,
    dates: { now: new Date(0), zone: 0 },
  });
  return found
    ? { kind: found.engine.kind, confidence: found.confidence }
    : { kind: 'generic', confidence: 0 };
}
