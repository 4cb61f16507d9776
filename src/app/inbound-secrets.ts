import type { Config } from '../../config/schema.ts';

/** The secrets of webhooks: what they tell us is signed like what we tell them. */
export function inboundSecretsOf({ crm }: Config): ReadonlyMap<string, readonly string[]> {
  const signed = crm.filter(({ kind }) => kind === 'webhook');
  return new Map(signed.map(({ key, settings }) => [key, (settings.secrets ?? []) as string[]]));
}
