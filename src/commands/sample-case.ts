import type { CasePayload } from '../model/case.ts';

/** A case that nobody has, to be sent or shown as a test. */
export function samplePayload(now: Date, dashboardUrl: string): CasePayload {
  const at = now.toISOString();
  return {
    case: { id: 0, severity: 1, reason: 'other', opened_at: at, due_at: at, link: dashboardUrl },
    customer: { external_id: 'test', name: 'Test message', tier: null, matched_by: [] },
    topic: { key: 'test', name: 'Test message' },
    document: {
      url: dashboardUrl,
      title: null,
      text: 'This is a test message from Molva. No customer has complained.',
      author: { site: 'molva', handle: 'test', name: null },
      published_at: at,
      found_at: at,
    },
    sentiment: { label: 'neutral', score: 0, confidence: 1 },
  };
}
