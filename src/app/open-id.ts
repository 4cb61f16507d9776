import type { Config } from '../../config/schema.ts';
import type { OpenId } from '../../dashboards/deps.ts';
import { OPEN_ID_CALLBACK } from '../../dashboards/open-id.ts';
import { createLoginServer } from '../fetch/login-server.ts';
import type { Http } from '../model/ports.ts';

/** Logging in by the company's server, as it is configured. `publicUrl`: under which browsers come back. */
export function openIdOf({ openid }: Config, http: Http, publicUrl: string): OpenId | null {
  if (!openid) return null;
  const { issuer, client_id, client_secret } = openid;
  const callback = `${publicUrl}${OPEN_ID_CALLBACK}`;
  const settings = { issuer, clientId: client_id, clientSecret: client_secret, callback };
  return {
    name: openid.name,
    server: createLoginServer(settings, http, Date.now),
    admission: {
      domains: openid.domains,
      newUsers: openid.new_users ?? null,
      trustsEmail: openid.trust_email,
    },
    checksFactor: openid.checks_second_factor,
  };
}
