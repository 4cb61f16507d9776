import { describeSourceError } from '../../act/source-words.ts';
import { placeOf } from '../../extract/address-place.ts';
import type { MissCause, MissFix, TraceStep, Wording } from '../../model/recall.ts';
import type { Source, SourceError } from '../../model/source.ts';
import type { Covering } from './covering.ts';
import { type Finding, passed } from './finding.ts';
import { makeStep } from './words.ts';

/** What a source's error says about the address, too. */
const CAUSES: Record<string, MissCause> = {
  robots: 'robots',
  'http-401': 'login-needed',
  'login-needed': 'login-needed',
  'login-failed': 'login-needed',
};

export function errorWording(error: SourceError): Wording {
  return { ru: describeSourceError(error, 'ru'), en: describeSourceError(error, 'en') };
}

function factsOf({ source, health, page }: Covering): TraceStep['facts'] {
  return {
    source: source.key,
    kind: source.kind,
    url: source.url,
    state: health.state,
    everyMs: source.everyMs,
    ...(source.lastSuccessAt ? { lastVisit: source.lastSuccessAt.toISOString() } : {}),
    ...(source.enabled && !source.goneAt ? { nextVisit: source.nextRunAt.toISOString() } : {}),
    ...(source.lastError ? { error: source.lastError.code } : {}),
    ...(page?.fetchedAt ? { pageRead: page.fetchedAt.toISOString() } : {}),
  };
}

function mendOf({ key, kind, origin }: Source): MissFix {
  const isOurs = kind === 'selectors' && origin === 'user';
  return { kind: isOurs ? 'mend-selectors' : 'look-at-source', source: key };
}

function whenOff(covering: Covering): Finding {
  const { source, isRemoved } = covering;
  const { key, kind, url, name } = source;
  const parts = { values: { source: name }, facts: factsOf(covering) };
  if (isRemoved)
    return {
      step: makeStep('failed', 'source.removed', parts),
      cause: 'source-off',
      fix: { kind: 'restore-source', sourceKind: kind, url, name },
    };
  const isOurs = source.origin === 'user';
  return {
    step: makeStep('failed', isOurs ? 'source.off' : 'source.off-in-file', parts),
    cause: 'source-off',
    fix: { kind: isOurs ? 'enable-source' : 'look-at-source', source: key },
  };
}

function whenBroken(covering: Covering): Finding {
  const { source, health } = covering;
  const { lastError } = source;
  const error = lastError ? errorWording(lastError) : '';
  const code = health.code === 'error' ? 'source.broken' : 'source.yields-nothing';
  return {
    step: makeStep('failed', code, { values: { source: source.name, error }, facts: factsOf(covering) }),
    cause: (health.code === 'error' && lastError && CAUSES[lastError.code]) || 'source-broken',
    fix: health.code === 'error' ? { kind: 'look-at-source', source: source.key } : mendOf(source),
  };
}

function whenOn(covering: Covering): Finding {
  const { source, health, level } = covering;
  const facts = factsOf(covering);
  const values = { source: source.name };
  if (level === 'maybe') return passed(makeStep('unknown', 'source.maybe', { values, facts }));
  if (health.code === 'not-read') return passed(makeStep('ok', 'source.not-read', { values, facts }));
  if (health.code === 'passing-error' && source.lastError) {
    const error = errorWording(source.lastError);
    return passed(makeStep('ok', 'source.passing', { values: { ...values, error }, facts }));
  }
  return passed(makeStep('ok', 'source.ok', { values, facts }));
}

/** Is there a source that could have brought the post, and does it work? `brought`: it did. */
export function sourceStep(address: string | null, covering: Covering | null, brought: boolean): Finding {
  if (covering && brought)
    return passed(
      makeStep('ok', 'source.brought', {
        values: { source: covering.source.name },
        facts: factsOf(covering),
      }),
    );
  if (covering) {
    if (covering.source.goneAt)
      return {
        step: makeStep('failed', 'source.closed', {
          values: { source: covering.source.name },
          facts: factsOf(covering),
        }),
        cause: 'source-broken',
        fix: { kind: 'look-at-source', source: covering.source.key },
      };
    if (covering.isRemoved || !covering.source.enabled) return whenOff(covering);
    return covering.health.state === 'broken' ? whenBroken(covering) : whenOn(covering);
  }
  if (address === null) return passed(makeStep('skipped', 'source.skipped'));
  const site = placeOf(address)?.host ?? '';
  return {
    step: makeStep('failed', 'source.none', { values: { site }, facts: { site } }),
    cause: 'no-source',
    fix: { kind: 'add-source', address },
  };
}
