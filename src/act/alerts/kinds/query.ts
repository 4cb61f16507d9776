import { z } from 'zod';
import type { AlertKind } from '../kind.ts';
import { findingOf } from './mention-finding.ts';

const settings = z.strictObject({});

/** A mention meets the alert's condition. */
export const query: AlertKind<z.infer<typeof settings>, 'mentions'> = {
  kind: 'query',
  needs: 'mentions',
  settings,
  asksCondition: true,
  judge: (_settings, mentions) => mentions.map(findingOf),
  title: (_numbers, { topic, story }, language) =>
    language === 'ru'
      ? `Подошло под условие, ${topic}${story && `: ${story}`}`
      : `Met the condition, ${topic}${story && `: ${story}`}`,
};
