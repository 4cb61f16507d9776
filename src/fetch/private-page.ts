import { PermanentError } from '../lib/errors.ts';
import type { Page } from '../model/ports.ts';
import type { Login } from './login.ts';
import type { FetchPage } from './page.ts';

function isShutOut(error: unknown): error is PermanentError {
  return error instanceof PermanentError && (error.code === 'http-401' || error.code === 'http-403');
}

/** Fetches as a member: logs in before the first page, and once more when a page asks for it. */
export function fetchAsMember(fetchPage: FetchPage, login: Login): FetchPage {
  return async (url, validators, visitor) => {
    /** null: we are out. */
    async function look(): Promise<{ page: Page | null } | null> {
      try {
        const page = await fetchPage(url, validators, visitor);
        return page !== null && login.isAsked(page.text, page.url) ? null : { page };
      } catch (error) {
        if (isShutOut(error)) return null;
        throw error;
      }
    }

    await login.enter(visitor.signal);
    const seen = (await look()) ?? ((await login.reenter(visitor.signal)) ? await look() : null);
    if (seen) return seen.page;
    throw new PermanentError(
      'login-needed',
      `${new URL(url).host} does not show this page to the account of the source's login: ask the forum's owner for access, or leave the page out.`,
    );
  };
}
