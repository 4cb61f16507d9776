import type { MissCause, MissFix, TraceStep } from '../../model/recall.ts';

/** What one step found out; `cause` when it explains the miss. */
export interface Finding {
  step: TraceStep;
  cause: MissCause | null;
  fix: MissFix | null;
}

/** Nothing is wrong here. */
export function passed(step: TraceStep): Finding {
  return { step, cause: null, fix: null };
}
