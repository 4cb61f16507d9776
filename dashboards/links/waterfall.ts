import { html, type Markup } from '../../src/lib/html.ts';
import type { Evidence } from '../../src/model/customer.ts';
import type { Viewer } from '../auth/session.ts';
import { number } from '../views/format.ts';

const WIDTH = 120;
const HEIGHT = 12;
/** Beyond this a factor is only “very many”. */
const MOST_BITS = 40;

/** A sign in words: «тот же e-mail a…@mail.ru, в тексте». */
export function signWords({ t }: Viewer, { code, where, masked, bits = 0 }: Evidence): string {
  const sign = t(`evidence.${code}`, { masked }).trim();
  if (code === 'prior' || code === 'learned') return sign;
  return bits < 0
    ? t('evidence.against', { sign })
    : [sign, t(`evidence.${where}`)].filter((word) => word !== '').join(' ');
}

/** How many times likelier, or less likely, a sign makes it: `×16 000`, `÷8`. */
export function factorWords(viewer: Viewer, bits: number): string {
  const factor = 2 ** Math.min(MOST_BITS, Math.abs(bits));
  const rounded = factor < 10 ? Math.round(factor * 10) / 10 : Number(factor.toPrecision(2));
  return `${bits < 0 ? '÷' : '×'}${number(viewer, rounded)}`;
}

interface Step {
  evidence: Evidence;
  bits: number;
  /** Sum before it and after. */
  from: number;
  to: number;
}

function stepsOf(evidence: readonly Evidence[]): Step[] {
  let sum = 0;
  return evidence.map((one) => {
    const bits = one.bits ?? 0;
    const from = sum;
    sum += bits;
    return { evidence: one, bits, from, to: sum };
  });
}

function renderBar({ bits, from, to }: Step, low: number, scale: number): Markup {
  const x = Math.round((Math.min(from, to) - low) * scale);
  const width = Math.max(2, Math.round(Math.abs(bits) * scale));
  const zero = Math.round(-low * scale);
  return html`<svg class="leap" aria-hidden="true" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}"><line x1="${zero}" x2="${zero}" y1="0" y2="${HEIGHT}"></line><rect class="${bits < 0 ? 'against' : 'for'}" x="${x}" y="1" width="${width}" height="${HEIGHT - 2}"></rect></svg>`;
}

/** How the probability came about: from what it was before all signs, step by step, each as a bar that begins where the one before ended. */
export function renderWaterfall(viewer: Viewer, evidence: readonly Evidence[], score: number): Markup {
  const { t } = viewer;
  const steps = stepsOf(evidence);
  if (steps.length === 0) return html`<p class="muted">${t('evidence.none')}</p>`;
  const ends = [0, ...steps.map(({ to }) => to)];
  const low = Math.min(...ends);
  const scale = WIDTH / Math.max(1, Math.max(...ends) - low);
  const rows = steps.map(
    (step) =>
      html`<tr><th scope="row">${signWords(viewer, step.evidence)}</th><td>${renderBar(step, low, scale)}</td><td class="figure" title="${t('evidence.bits', { bits: number(viewer, step.bits) })}">${factorWords(viewer, step.bits)}</td></tr>`,
  );
  return html`<table class="waterfall"><caption class="away">${t('evidence.caption')}</caption><tbody>${rows}</tbody>
    <tfoot><tr><th scope="row">${t('evidence.together')}</th><td></td><td class="figure"><strong>${percentOf(score)} %</strong></td></tr></tfoot></table>`;
}

/** Nothing is certain before a person has said so. */
export const percentOf = (score: number): number => Math.min(99, Math.max(1, Math.round(score * 100)));
