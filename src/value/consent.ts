import type { Consent, ConsentPurpose, ConsentState } from '../model/customer.ts';

export type ConsentFact = Pick<Consent, 'channel' | 'purpose' | 'state' | 'at'>;

/** To be addressed by a channel is to be addressed for one of these; `matching` is no talk with the customer. */
const ADDRESSING: readonly ConsentPurpose[] = ['marketing', 'service', 'research'];
const ANY = 'any';

function plain(channel: string): string {
  return channel.trim().toLowerCase();
}

/** Which of two words counts: the later; of two at one moment the refusal. */
function laterOf(one: ConsentFact, two: ConsentFact): ConsentFact {
  if (one.at.getTime() !== two.at.getTime()) return one.at > two.at ? one : two;
  return one.state === 'given' ? two : one;
}

/** The word that counts on each channel and purpose, as they were said. */
export function newestConsents(consents: readonly ConsentFact[]): ConsentFact[] {
  const newest = new Map<string, ConsentFact>();
  for (const one of consents) {
    const key = JSON.stringify([one.channel, one.purpose]);
    newest.set(key, laterOf(newest.get(key) ?? one, one));
  }
  return [...newest.values()];
}

/** The newest word on a channel and purpose, said of it or of any channel; null: never asked. */
export function consentOf(
  consents: readonly ConsentFact[],
  channel: string,
  purpose: ConsentPurpose,
): ConsentState | null {
  const own = consents.filter(
    (one) => one.purpose === purpose && [ANY, plain(channel)].includes(plain(one.channel)),
  );
  const [first, ...rest] = own;
  return first ? rest.reduce(laterOf, first).state : null;
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
