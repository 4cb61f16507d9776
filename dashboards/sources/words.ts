import { describeSourceError } from '../../src/act/source-words.ts';
import { html, type Markup } from '../../src/lib/html.ts';
import type { Source, SourceError } from '../../src/model/source.ts';
import type { HealthCode, HealthState, SourceHealth } from '../../src/model/source-health.ts';
import type { Viewer } from '../auth/session.ts';
import { TEXTS, type TextKey } from '../texts.ts';
import { time } from '../views/format.ts';

/** In words; a crawler that has none here keeps its own name. */
export function kindName({ t }: Viewer, kind: string): string {
  const key = `kind.${kind}`;
  return key in TEXTS ? t(key as TextKey) : kind;
}

const MARKS: Record<HealthState, string> = {
  ok: '●',
  waiting: '○',
  quiet: '◐',
  broken: '✕',
  gone: '✕',
  off: '–',
};

/** What visits say at once comes before what was judged a while ago. */
export function presentHealth(
  source: Source,
  judged: SourceHealth | undefined,
): { state: HealthState; code: HealthCode } {
  if (source.goneAt) return { state: 'gone', code: 'gone' };
  if (!source.enabled) return { state: 'off', code: 'off' };
  if (source.lastError) {
    const isPassing = judged?.code === 'passing-error' || source.failures < 2;
    return isPassing ? { state: 'waiting', code: 'passing-error' } : { state: 'broken', code: 'error' };
  }
  if (!source.lastSuccessAt) return { state: 'waiting', code: 'not-read' };
  const isOld =
    judged === undefined || ['error', 'passing-error', 'not-read', 'off', 'gone'].includes(judged.code);
  return isOld ? { state: 'ok', code: 'works' } : { state: judged.state, code: judged.code };
}

/** Never by colour alone: a shape and a word. */
export function stateBadge({ t }: Viewer, state: HealthState): Markup {
  return html`<span class="health ${state}"><span aria-hidden="true">${MARKS[state]}</span> ${t(`health.state.${state}`)}</span>`;
}

/** What is the matter and what to do. */
export function healthWords(viewer: Viewer, source: Source, { code }: { code: HealthCode }): Markup {
  const { t } = viewer;
  const { lastError } = source;
  if (!lastError || (code !== 'error' && code !== 'passing-error')) return html`${t(`health.${code}`)}`;
  return errorWords(viewer, lastError, code === 'passing-error' ? t('health.passing-error') : '');
}

/** What an error means, then what the program said of it, which is English. */
export function errorWords(viewer: Viewer, error: SourceError, more = ''): Markup {
  const { t, language } = viewer;
  const words = [describeSourceError(error, language), more].filter(Boolean).join(' ');
  return html`${words} <details><summary>${t('source.detail')}</summary><small lang="en">${time(viewer, error.at)}: ${error.message}</small></details>`;
}

/** `3 min`, `2 h`: a length of time in the unit that people would say. */
export function lengthOf({ language }: Viewer, ms: number): string {
  const minutes = Math.max(1, Math.round(ms / 60_000));
  const [value, unit] =
    minutes < 120
      ? [minutes, 'minute']
      : minutes < 48 * 60
        ? [Math.round(minutes / 60), 'hour']
        : [Math.round(minutes / 1440), 'day'];
  return new Intl.NumberFormat(language, { style: 'unit', unit: String(unit), unitDisplay: 'short' }).format(
    Number(value),
  );
}
