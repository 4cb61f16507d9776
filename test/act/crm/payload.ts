import { sampleCase } from '../../../src/act/cases/sample.ts';
import type { CasePayload, WithdrawalPayload } from '../../../src/model/case-payload.ts';

export function payload({ customer = 'c1', text = 'Верните деньги' } = {}): CasePayload {
  const sample = sampleCase(new Date('2026-11-22T09:00:00Z'), 'http://m');
  return {
    ...sample,
    case: { ...sample.case, id: 1, severity: 2, reason: 'delivery', link: 'http://m/cases/1' },
    customer: { ...sample.customer, external_id: customer, name: 'Анна Ковалёва', tier: 'MVC' },
    topic: { key: 't', name: 'Чайники' },
    document: { ...sample.document, url: 'https://f/1', text },
    sentiment: { label: 'negative', score: -1, confidence: 1, words: [] },
  };
}

export function withdrawal(): WithdrawalPayload {
  return {
    case: { id: 1, link: 'http://m/cases/1' },
    customer: { external_id: 'c1' },
    reason: 'not_the_customer',
  };
}
