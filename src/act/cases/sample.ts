import type { CasePayload } from '../../model/case-payload.ts';

/** A message in the form of a case that says that it is none: to try an endpoint. */
export function sampleCase(now: Date, dashboardUrl: string): CasePayload {
  const at = now.toISOString();
  return {
    version: 2,
    case: {
      id: 0,
      status: 'open',
      severity: 1,
      reason: 'other',
      cause: null,
      posts: 1,
      opened_at: at,
      due_at: at,
      suggested_owner: null,
      link: dashboardUrl,
    },
    times: { published_at: at, found_at: at, understood_at: at, alerted_at: at },
    customer: {
      external_id: 'test',
      name: 'Test message',
      tier: null,
      matched_by: [],
      probability: 1,
      confirmed_by: null,
    },
    topic: { key: 'test', name: 'Test message' },
    document: {
      url: dashboardUrl,
      title: null,
      text: 'This is a test message from Molva. No customer has complained.',
      is_cut: false,
      language: 'en',
      author: { site: 'molva', handle: 'test', name: null },
      published_at: at,
      found_at: at,
    },
    sentiment: { label: 'neutral', score: 0, confidence: 1, words: [] },
    complaint: { probability: 0, words: [] },
    story: null,
    snapshot: null,
  };
}
