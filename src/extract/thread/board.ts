import type { DateContext } from '../dates.ts';
import { loadTree, THREAD_LIMITS } from '../page-tree.ts';
import { chooseEngine } from './detect.ts';
import { engines } from './engines/registry.ts';
import { readGenericBoard } from './generic/rows.ts';
import { readHead } from './head.ts';
import type { BoardPage, ForumEngine } from './model.ts';

/**
 * A board's page or a forum's front page: by the engine's addresses, or by lists of links with dates where no engine is
 * recognised or its addresses find nothing. `among` narrows the engines.
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
  const board = chosen?.engine.readBoard(page);
  if (chosen && board && board.threads.length + board.boards.length > 0) {
    return { ...board, engine: chosen.engine.kind };
  }
  const found = readGenericBoard(page);
  if (chosen && board && found.threads.length + found.boards.length === 0)
    return { ...board, engine: chosen.engine.kind };
  const { title, nextPage } = readHead(page);
  return {
    ...(title === '' ? {} : { title }),
    ...found,
    ...(nextPage === undefined ? {} : { nextPage }),
    engine: 'generic',
  };
}
