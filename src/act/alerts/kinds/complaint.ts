import { z } from 'zod';
import type { AlertKind } from '../kind.ts';
import { findingOf } from './mention-finding.ts';

const settings = z.strictObject({
  /** `review`: also what only may be a complaint. */
  level: z.enum(['alert', 'review']).default('alert'),
  /** 1 (mild) to 3 (needs an answer today). */
  severity: z.int().min(1).max(3).default(1),
});

/** Somebody complains. */
export const complaint: AlertKind<z.infer<typeof settings>, 'mentions'> = {
  kind: 'complaint',
  needs: 'mentions',
  settings,
  judge: ({ level, severity }, mentions) =>
    mentions
      .filter(
        (one) =>
          (one.level === 'alert' || (level === 'review' && one.level === 'review')) &&
          one.severity >= severity,
      )
      .map(findingOf),
  title: (_numbers, { topic, story }, language) =>
    language === 'ru'
      ? `Жалоба, ${topic}${story && `: ${story}`}`
      : `A complaint, ${topic}${story && `: ${story}`}`,
};
