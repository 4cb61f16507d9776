import type { DateContext } from '../dates.ts';
import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import { chooseEngine } from './detect.ts';
import { engines } from './engines/registry.ts';
import type { ForumEngine, ThreadPage } from './model.ts';

/**
 * A page of a thread on any engine; of one never seen by structured data and repeated blocks.
 * `among` narrows the engines; the empty list leaves the general rules alone.
 * @throws PermanentError `broken-page` when the page is nested or sized like no page is
 */
export function readThread(
  html: string,
  url: string,
  dates: DateContext,
  among: readonly ForumEngine[] = engines,
): ThreadPage {
  const page = { $: loadTree(html, { limits: THREAD_LIMITS }), url, dates };
  const chosen = chooseEngine(page, among);
  if (!chosen) return { title: '', url, posts: [], engine: 'generic' };
  return { ...chosen.engine.readThread(page), engine: chosen.engine.kind };
}
