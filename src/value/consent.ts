import type { Consent, ConsentPurpose, ConsentState } from '../model/customer.ts';

export type ConsentFact = Pick<Consent, 'channel' | 'purpose' | 'state' | 'at'>;

/** To be addressed by a channel is to be addressed for one of these; `matching` is no talk with the customer. */
const ADDRESSING: readonly ConsentPurpose[] = ['marketing', 'service', 'research'];
const ANY = 'any';

function plain(channel: string): string {
  return channel.trim().toLowerCase();
}

/** The newest word on a channel and purpose, said of it or of any channel; null: never asked. Of two at one moment the refusal counts. */
export function consentOf(
  consents: readonly ConsentFact[],
  channel: string,
  purpose: ConsentPurpose,
): ConsentState | null {
  const own = consents.filter(
    (one) => one.purpose === purpose && [ANY, plain(channel)].includes(plain(one.channel)),
  );
  const newest = Math.max(...own.map(({ at }) => at.getTime()));
  const last = own.filter(({ at }) => at.getTime() === newest);
  return (last.find(({ state }) => state !== 'given') ?? last[0])?.state ?? null;
}

/** Has the customer said, and not unsaid, that he is not to be addressed there? */
export function isRefused(consents: readonly ConsentFact[], channel: string): boolean {
  return ADDRESSING.some((purpose) =>
    ['withdrawn', 'objected'].includes(consentOf(consents, channel, purpose) ?? ''),
  );
}

/** May he be sent offers there? Only where he has agreed to it. */
export function mayOffer(consents: readonly ConsentFact[], channel: string): boolean {
  return !isRefused(consents, channel) && consentOf(consents, channel, 'marketing') === 'given';
}

/** He has said no to offers by any channel: he is not asked again. */
export function hasRefusedOffers(consents: readonly ConsentFact[]): boolean {
  return consents.some(({ channel, purpose }) => {
    const state = purpose === 'marketing' ? consentOf(consents, channel, purpose) : null;
    return state === 'withdrawn' || state === 'objected';
  });
}
