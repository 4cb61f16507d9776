import { z } from 'zod';
import {
  errorCode,
  errorMessage,
  PermanentError,
  RefusedError,
  RetryLaterError,
} from '../../src/lib/errors.ts';
import type { CrawlContext } from '../../src/model/ports.ts';
import { addressOf, ask } from './ask.ts';

/** Whom to ask, and as whom. */
export interface VkAccess {
  api: string;
  /** Must not leave this file but in the question itself: addresses with it are in no page memory, log or error. */
  token: string;
}

const VERSION = '5.199';
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Codes that pass by themselves, and when: too many a second, flood, daily limit, trouble of their own, captcha. */
const PASSING: Record<number, number> = {
  1: MINUTE,
  6: 2000,
  9: HOUR,
  10: 5 * MINUTE,
  14: HOUR,
  29: 12 * HOUR,
};

const REASONS: Record<number, string> = {
  5: 'the token is not valid any more: put a new one in its place',
  7: 'the token has no right to this',
  15: 'this is closed to the token',
  18: 'the page was deleted or blocked',
  27: 'this needs a token of a user, or a service token, not of a group',
  30: 'the profile is private',
  100: 'there is no such page or word to look for: check the address',
  212: 'comments are closed to the token',
};

const failure = z.object({ error: z.object({ error_code: z.number() }) });

function errorOf(code: number): Error {
  const delayMs = PASSING[code];
  if (delayMs !== undefined)
    return new RetryLaterError(`vk-${code}`, `VK answers with error ${code}: it is asked again later.`, {
      delayMs,
    });
  return new PermanentError(
    `vk-${code}`,
    `VK answers with error ${code}: ${REASONS[code] ?? 'see dev.vk.com'}.`,
  );
}

/** The same error without the address that was asked: the token is part of it. */
function withoutAddress(error: unknown, { token }: VkAccess): unknown {
  const code = errorCode(error);
  const message = errorMessage(error)
    .replaceAll(token, '[token]')
    .replaceAll(encodeURIComponent(token), '[token]');
  if (error instanceof RetryLaterError) return new RetryLaterError(code, message, { delayMs: error.delayMs });
  if (error instanceof RefusedError)
    return new RefusedError(
      code,
      'The API of VK may not be asked: its rules for crawlers or our own bounds forbid it.',
    );
  if (error instanceof PermanentError) return new PermanentError(code, message);
  return error;
}

/**
 * One question to VK's API, by GET, which it takes as well as POST. @throws RetryLaterError or PermanentError with `vk-CODE`
 */
export async function askVk<T>(
  ctx: CrawlContext,
  access: VkAccess,
  method: string,
  parameters: Record<string, string | number | undefined>,
  schema: z.ZodType<T>,
): Promise<T> {
  const url = addressOf(access.api, `/method/${method}`, {
    ...parameters,
    v: VERSION,
    access_token: access.token,
  });
  const answer = z.union([z.object({ response: schema }), failure]);
  try {
    const said = await ask(ctx, url, answer, `VK (${method})`);
    if ('error' in said) throw errorOf(said.error.error_code);
    return said.response;
  } catch (error) {
    throw withoutAddress(error, access);
  }
}
