import type { Tier } from '../../src/model/customer.ts';
import type { ChurnReason, Ranged, Reason, Refusal, TierReason } from '../../src/model/value.ts';
import type { Viewer } from '../auth/session.ts';
import type { TextKey } from '../texts.ts';
import { money, number } from '../views/format.ts';

const MONEY = new Set(['amount', 'bought', 'realised']);
/** Whose `amount` is an estimate. */
const ESTIMATED = new Set(['expected-top', 'more-expected']);

/** Numbers in the language's form, sums in their currency, channels in words. */
function filled(viewer: Viewer, { code, values }: Reason): Record<string, string> {
  const currency = String(values.currency ?? '');
  const shown = (name: string, value: number | string): string => {
    if (typeof value === 'string') return name === 'channel' ? channelName(viewer, value) : value;
    if (!MONEY.has(name)) return number(viewer, value);
    return name === 'amount' && ESTIMATED.has(code)
      ? `≈ ${aboutMoney(viewer, value, currency)}`
      : money(viewer, value, currency);
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shown(name, value)]));
}

export function tierReason(viewer: Viewer, reason: TierReason): string {
  return viewer.t(`tierreason.${reason.code}`, filled(viewer, reason));
}

export function churnReason(viewer: Viewer, reason: ChurnReason): string {
  return viewer.t(`churnreason.${reason.code}`, filled(viewer, reason));
}

/** `key` with what is filled in. */
export function reasonWords(viewer: Viewer, key: TextKey, reason: Reason): string {
  return viewer.t(key, filled(viewer, reason));
}

export function refusalWords(viewer: Viewer, { code, has, needs }: Refusal): string {
  return viewer.t(`refusal.${code}`, { has: number(viewer, has), needs: number(viewer, needs) });
}

export function tierName({ t }: Viewer, tier: Tier | null): string {
  return tier ?? t('value.tier.no');
}

const HIGH = 0.5;
const MIDDLE = 0.25;

/** Low, medium or high: finer figures would seem exact. */
export function riskLevel(risk: number): 'low' | 'middle' | 'high' {
  return risk >= HIGH ? 'high' : risk >= MIDDLE ? 'middle' : 'low';
}

export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** `≈ 3.2 (2.9 to 3.5)`. */
export function rangeWords(
  { t }: Viewer,
  { value, low, high }: Ranged,
  show: (value: number) => string,
): string {
  return t('value.range', { value: show(value), low: show(low), high: show(high) });
}

/** Sums as people say them: no cents where there are hundreds. */
export function roundMoney(viewer: Viewer, amount: number, currency: string): string {
  return money(
    viewer,
    Math.abs(amount) >= 100 ? Math.round(amount) : Math.round(amount * 100) / 100,
    currency,
  );
}

/** Of an estimate three digits: more would seem exact. */
export function aboutMoney(viewer: Viewer, amount: number, currency: string): string {
  return roundMoney(viewer, Number(amount.toPrecision(3)), currency);
}

const CHANNELS: Readonly<Record<string, TextKey>> = {
  phone: 'channel.phone',
  call: 'channel.phone',
  email: 'channel.email',
  mail: 'channel.email',
  sms: 'channel.sms',
  site: 'channel.site',
  web: 'channel.site',
  app: 'channel.app',
  shop: 'channel.shop',
  store: 'channel.shop',
  telegram: 'channel.telegram',
  whatsapp: 'channel.whatsapp',
};

/** In words where it is a usual one, else as the CRM names it. */
export function channelName({ t }: Pick<Viewer, 't'>, channel: string): string {
  const known = CHANNELS[channel.trim().toLowerCase()];
  return known ? t(known) : channel;
}
