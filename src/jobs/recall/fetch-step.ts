import { sameAddressKey } from '../../lib/canonical-url.ts';
import { RetryLaterError } from '../../lib/errors.ts';
import type { MissCause, MissFix } from '../../model/recall.ts';
import type { Source } from '../../model/source.ts';
import { noteOf } from '../preview.ts';
import { type Answer, askSite } from './ask-site.ts';
import { type Finding, passed } from './finding.ts';
import type { MissReport, TraceDeps } from './report.ts';
import { errorWording } from './source-step.ts';
import { makeStep } from './words.ts';

export interface Fetched {
  finding: Finding;
  /** Where it was asked for. */
  address: string | null;
  answer: Answer | null;
  /** It may be otherwise the next time. */
  isPassing: boolean;
}

const LOGIN = new Set(['http-401', 'login-needed', 'login-failed']);
const GONE = new Set(['http-404', 'http-410']);
const OUT_OF_REACH = new Set(['dns', 'connect', 'tls', 'timeout']);

type Code = Parameters<typeof makeStep>[1];

function codeOf(code: string): [Code, MissCause] {
  if (code === 'robots') return ['fetch.robots', 'robots'];
  if (LOGIN.has(code)) return ['fetch.login', 'login-needed'];
  return GONE.has(code) ? ['fetch.gone', 'gone'] : ['fetch.failed', 'fetch-failed'];
}

function whenFailed(deps: TraceDeps, address: string, source: Source | null, error: unknown): Fetched {
  const { code, message } = noteOf('page', address, error);
  const [words, cause] = codeOf(code);
  const values = { error: errorWording({ code, message, at: deps.clock.now() }) };
  const fix: MissFix | null =
    source && cause !== 'gone' && cause !== 'robots' ? { kind: 'look-at-source', source: source.key } : null;
  return {
    finding: { step: makeStep('failed', words, { values, facts: { error: code } }), cause, fix },
    address,
    answer: null,
    isPassing: error instanceof RetryLaterError || code === 'timeout',
  };
}

function whenAnswered(address: string, answer: Answer): Fetched {
  const { page, post } = answer;
  const hasMoved = sameAddressKey(page.url) !== sameAddressKey(address);
  const facts = {
    charset: page.charset,
    type: page.contentType,
    ...(hasMoved ? { movedTo: page.url } : {}),
    ...(post?.publishedAt ? { published: post.publishedAt.toISOString() } : {}),
  };
  const step = makeStep('ok', hasMoved ? 'fetch.moved' : 'fetch.ok', { facts });
  return { finding: passed(step), address, answer, isPassing: false };
}

/** What the site says of the address. An address without a scheme is asked under the other one when the first is out of reach. */
export async function fetchStep(
  deps: TraceDeps,
  report: MissReport,
  source: Source | null,
  signal: AbortSignal,
): Promise<Fetched> {
  const { address, otherAddress } = report;
  if (address === null)
    return {
      finding: passed(makeStep('skipped', 'fetch.no-address')),
      address,
      answer: null,
      isPassing: false,
    };
  try {
    return whenAnswered(address, await askSite(deps, report, address, source, signal));
  } catch (error) {
    const failed = whenFailed(deps, address, source, error);
    const isOutOfReach = OUT_OF_REACH.has(String(failed.finding.step.facts.error));
    if (otherAddress === null || !isOutOfReach || signal.aborted) return failed;
    const other = await fetchStep(
      deps,
      { ...report, address: otherAddress, otherAddress: null },
      source,
      signal,
    );
    return other.answer ? other : failed;
  }
}
