import type { z } from 'zod';
import type { Finding } from '../../../model/alert.ts';
import type { AlertFacts, AlertKind } from '../kind.ts';
import { complaint } from './complaint.ts';
import { peopleSilence } from './people-silence.ts';
import { query } from './query.ts';
import { sourceSilence } from './source-silence.ts';
import { spike } from './spike.ts';
import { storySpeed } from './story-speed.ts';

/** A kind whose settings have not been checked. */
export interface RegisteredKind
  extends Pick<AlertKind<unknown>, 'kind' | 'needs' | 'asksCondition' | 'isHourly' | 'title'> {
  settings: z.ZodType;
  /** Throws ZodError when the settings are wrong. `facts` are those that it needs. */
  judge(settings: unknown, facts: AlertFacts[keyof AlertFacts], at: Date): Finding[];
}

function register<Settings, Needs extends keyof AlertFacts>(one: AlertKind<Settings, Needs>): RegisteredKind {
  return {
    ...one,
    judge: (settings, facts, at) => one.judge(one.settings.parse(settings), facts as AlertFacts[Needs], at),
  };
}

/** One line a kind. */
export const alertKinds: readonly RegisteredKind[] = [
  register(complaint),
  register(query),
  register(spike),
  register(storySpeed),
  register(sourceSilence),
  register(peopleSilence),
];

export function findKind(kind: string): RegisteredKind | undefined {
  return alertKinds.find((one) => one.kind === kind);
}
