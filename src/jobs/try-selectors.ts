import { htmlToText } from '../extract/html-text.ts';
import { readPastedAddress } from '../extract/pasted-address.ts';
import type { Read } from '../extract/readers.ts';
import { errorCode } from '../lib/errors.ts';
import { createTurns, type TakeTurn } from '../lib/turns.ts';
import type { Clock } from '../model/ports.ts';
import type { SelectorLook, SelectorPreview, SelectorQuestion } from '../model/selectors.ts';
import { createPageDesk, type DeskPage, type PageDesk, type PageDeskDeps } from './page-desk.ts';
import { noteOf } from './preview.ts';

export interface SelectorDeskDeps extends PageDeskDeps {
  /** Runs a reader of `src/extract/readers.ts` in another thread, with a deadline. */
  read(name: string, args: readonly unknown[]): Promise<unknown>;
}

interface Desk {
  clock: Clock;
  pages: PageDesk;
  turns: TakeTurn;
  read: Read;
}

const OUT_OF_REACH = new Set(['dns', 'connect', 'tls', 'timeout']);

/** Without a scheme the second address is tried where the first leads nowhere. */
async function openPage(
  { pages }: Desk,
  { owner, address, again }: SelectorQuestion,
  signal: AbortSignal,
): Promise<DeskPage & { asked: string }> {
  const [first = '', second] = readPastedAddress(address);
  try {
    return { asked: first, ...(await pages.open(owner, first, signal, again)) };
  } catch (error) {
    if (second === undefined || !OUT_OF_REACH.has(errorCode(error))) throw error;
    return { asked: second, ...(await pages.open(owner, second, signal, again)) };
  }
}

/** The fields are asked of the page behind the first link. */
async function withSample(
  desk: Desk,
  { owner, draft }: SelectorQuestion,
  preview: SelectorPreview,
  signal: AbortSignal,
): Promise<Pick<Extract<SelectorLook, { preview: unknown }>, 'preview' | 'sample' | 'trouble'>> {
  const [sample] = preview.links;
  if (draft.on === 'list' || sample === undefined) return { preview };
  try {
    const { page } = await desk.pages.open(owner, sample, signal);
    const dates = { now: desk.clock.now(), zone: draft.zone };
    const { items, places } = await desk.read('previewSelectedPage', page.text, page.url, draft, dates);
    const problems = items.length === 0 ? (['no-words'] as const) : [];
    return {
      sample,
      preview: {
        ...preview,
        items,
        collected: items.length,
        places: [...preview.places, ...places],
        problems: [...problems],
      },
    };
  } catch (error) {
    const { code, message } = noteOf('page', sample, error);
    return { preview, sample, trouble: { code, message } };
  }
}

/** The page's own title, as a name to begin with. */
function titleOf(text: string): { title?: string } {
  const [, words] = /<title[^>]{0,200}>([^<]{1,500})</i.exec(text.slice(0, 200_000)) ?? [];
  const title = htmlToText(words ?? '')
    .slice(0, 200)
    .toWellFormed();
  return title === '' ? {} : { title };
}

async function lookAt(desk: Desk, asked: SelectorQuestion, signal: AbortSignal): Promise<SelectorLook> {
  const { page, readAt, asked: address } = await openPage(desk, asked, signal);
  const dates = { now: desk.clock.now(), zone: asked.draft.zone };
  const suggested = asked.suggest ? await desk.read('suggestSelectors', page.text, page.url, dates) : null;
  const draft = suggested ?? asked.draft;
  const preview = await desk.read('previewSelectors', page.text, page.url, draft, dates);
  const told = await withSample(desk, { ...asked, draft }, preview, signal);
  return { address, readAt, ...titleOf(page.text), draft, isSuggested: suggested !== null, ...told };
}

export type LookWithSelectors = (asked: SelectorQuestion, signal: AbortSignal) => Promise<SelectorLook>;

/**
 * Looks at pages with selectors that are being written. A page is asked of its site once and kept for some minutes. What fails
 * is part of the answer, but: @throws InputError when it is no address
 */
export function createSelectorDesk({ read, ...deps }: SelectorDeskDeps): LookWithSelectors {
  const desk: Desk = {
    clock: deps.clock,
    pages: createPageDesk(deps),
    turns: createTurns(),
    read: ((name: string, ...args: readonly unknown[]) => read(name, args)) as Read,
  };
  return async (asked, signal) => {
    const [address = ''] = readPastedAddress(asked.address);
    try {
      return await desk.turns(asked.owner, () => lookAt(desk, asked, signal));
    } catch (error) {
      const { code, message } = noteOf('page', address, error);
      return { address, trouble: { code, message } };
    }
  };
}
