import type { PullKind } from '../../store/crm-pulls.ts';

/** What is read from one CRM, and how often. */
export interface CrmPlan {
  key: string;
  /** Of its connector. */
  kind: string;
  pulls: readonly PullKind[];
  /** Milliseconds between two pulls. */
  pullEveryMs: number;
  /** Milliseconds between two looks at the same open case. */
  statusEveryMs: number;
}
