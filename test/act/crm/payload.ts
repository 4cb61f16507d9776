import type { CasePayload, WithdrawalPayload } from '../../../src/model/case.ts';

export function payload({ customer = 'c1', text = 'Верните деньги' } = {}): CasePayload {
  return {
    case: {
      id: 1,
      severity: 2,
      reason: 'delivery',
      opened_at: '2026-11-22T09:00:00.000Z',
      due_at: '2026-11-23T09:00:00.000Z',
      link: 'http://m/cases/1',
    },
    customer: { external_id: customer, name: 'Анна Ковалёва', tier: 'MVC', matched_by: [] },
    topic: { key: 't', name: 'Чайники' },
    document: {
      url: 'https://f/1',
      title: null,
      text,
      author: { site: 'f', handle: 'a', name: null },
      published_at: null,
      found_at: '2026-11-22T09:00:00.000Z',
    },
    sentiment: { label: 'negative', score: -1, confidence: 1 },
  };
}

export function withdrawal(): WithdrawalPayload {
  return {
    case: { id: 1, link: 'http://m/cases/1' },
    customer: { external_id: 'c1' },
    reason: 'not_the_customer',
  };
}
