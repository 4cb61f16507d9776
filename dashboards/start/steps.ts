import { html, type Markup } from '../../src/lib/html.ts';
import type { SetUp } from '../../src/store/first-run.ts';
import type { Viewer } from '../auth/session.ts';

/** In the order in which they are gone through. */
export const STEPS = ['brand', 'sources', 'customers', 'digest', 'look'] as const;
export type Step = (typeof STEPS)[number];

export const START_PATH = '/start';

export const pathOf = (step: Step): string => `${START_PATH}/${step}`;

/** Of what there is, which part a step is about. */
const PART_OF = {
  brand: 'topics',
  sources: 'sources',
  customers: 'customers',
  digest: 'digests',
  look: 'mentions',
} as const satisfies Record<Step, keyof SetUp>;

export function isDone(setUp: SetUp, step: Step): boolean {
  return setUp[PART_OF[step]];
}

/** The first that is not done; the last when all are. */
export function stepToDo(setUp: SetUp): Step {
  return STEPS.find((step) => !isDone(setUp, step)) ?? 'look';
}

/** `2 of 5` */
export function progressOf({ t }: Viewer, step: Step): string {
  return t('start.progress', { n: STEPS.indexOf(step) + 1, of: STEPS.length });
}

function renderSteps({ t }: Viewer, setUp: SetUp, now: Step): Markup {
  const items = STEPS.map((step) => {
    const state = isDone(setUp, step) ? 'done' : 'open';
    const current = step === now ? html` aria-current="step"` : '';
    return html`<li><a href="${pathOf(step)}"${current}><span class="mark" aria-hidden="true">${state === 'done' ? '✓' : '○'}</span> ${t(`start.short.${step}`)}<span class="unseen">, ${t(`start.state.${state}`)}</span></a></li>`;
  });
  return html`<nav class="way" aria-label="${t('start.title')}"><ol>${items}</ol></nav>`;
}

function renderOnward({ t }: Viewer, setUp: SetUp, step: Step): Markup {
  const at = STEPS.indexOf(step);
  const [before, after] = [STEPS[at - 1], STEPS[at + 1]];
  const isStepDone = isDone(setUp, step);
  const back = before ? html`<a href="${pathOf(before)}">← ${t('start.previous')}</a>` : '';
  const on = after
    ? html`<a class="button${isStepDone ? ' primary' : ''}" href="${pathOf(after)}">${t(isStepDone ? 'start.next' : 'start.skip')} →</a>`
    : '';
  return html`<nav class="onward" aria-label="${t('start.onward')}">${back}${on}</nav>`;
}

/** One step with its place among the others, and the ways on and back. */
export function renderStep(viewer: Viewer, setUp: SetUp, step: Step, body: Markup): Markup {
  const { t } = viewer;
  return html`<p class="muted">${t('start.title')}: ${progressOf(viewer, step)}</p>${renderSteps(viewer, setUp, step)}
    <h1>${t(`start.step.${step}`)}</h1><p>${t(`start.lead.${step}`)}</p>
    ${body}${renderOnward(viewer, setUp, step)}`;
}
