import type { DateContext } from '../dates.ts';
import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import { chooseEngine } from './detect.ts';
import { engines } from './engines/registry.ts';
import type { BoardPage, ForumEngine } from './model.ts';

/**
 * A board's page or a forum's front page.
 * @throws PermanentError `broken-page` when the page is nested or sized like no page is
 */
export function readBoard(
  html: string,
  url: string,
  dates: DateContext,
  among: readonly ForumEngine[] = engines,
): BoardPage & { engine: string } {
  const page = { $: loadTree(html, { limits: THREAD_LIMITS }), url, dates };
  const chosen = chooseEngine(page, among);
  if (!chosen) return { threads: [], boards: [], engine: 'generic' };
  return { ...chosen.engine.readBoard(page), engine: chosen.engine.kind };
}
