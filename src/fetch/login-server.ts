import * as openid from 'openid-client';
import { errorCode, errorMessage, PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';
import type { Http, LoginIdentity, LoginServer } from '../model/ports.ts';

const TIMEOUT_MS = 10_000;
const MAX_BYTES = 1_000_000;
/** What the server says of itself is read again after so long; keys that are new to us are read at once. */
const METADATA_MS = 3_600_000;

export interface LoginServerSettings {
  /** As the server calls itself. */
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Our address, to which the browser is sent back; the server must know it. */
  callback: string;
}

/** The library's requests by our guarded way out, with its limits. */
function fetchBy(http: Http): openid.CustomFetch {
  return async (url, { method, headers, body }) => {
    const {
      status,
      headers: received,
      body: bytes,
    } = await http.send({
      url,
      method: method === 'POST' ? 'POST' : 'GET',
      headers,
      ...(body ? { body: String(body) } : {}),
      timeoutMs: TIMEOUT_MS,
      maxBytes: MAX_BYTES,
      maxRedirects: 0,
    });
    const { 'content-encoding': _packed, 'content-length': _length, ...rest } = received;
    return new Response(new Uint8Array(bytes), { status, headers: rest });
  };
}

/** The standard's default is Basic; a server that has another names those it takes. */
function proofOfClient(metadata: openid.ServerMetadata, secret: string): openid.ClientAuth {
  const methods = metadata.token_endpoint_auth_methods_supported ?? ['client_secret_basic'];
  const takesBasic = methods.includes('client_secret_basic');
  return takesBasic ? openid.ClientSecretBasic(secret) : openid.ClientSecretPost(secret);
}

async function discover(
  { issuer, clientId, clientSecret }: LoginServerSettings,
  http: Http,
): Promise<openid.Configuration> {
  const byHttp = fetchBy(http);
  const insecure = issuer.startsWith('http:') ? [openid.allowInsecureRequests] : [];
  const options = { [openid.customFetch]: byHttp, execute: insecure };
  const found = await openid.discovery(new URL(issuer), clientId, undefined, undefined, options);
  const metadata = found.serverMetadata();
  const config = new openid.Configuration(
    metadata,
    clientId,
    { client_secret: clientSecret },
    proofOfClient(metadata, clientSecret),
  );
  config[openid.customFetch] = byHttp;
  for (const allow of insecure) allow(config);
  // Signatures of ID tokens are checked though they come straight from the server.
  openid.enableNonRepudiationChecks(config);
  return config;
}

/** The library names the cause at times only in `cause`. */
function asOurError(error: unknown, issuer: string): Error {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof RetryLaterError || at instanceof PermanentError || at instanceof RefusedError)
      return at;
  const said = (error as { error?: unknown }).error;
  const why = typeof said === 'string' ? said.slice(0, 100) : `${errorCode(error)}: ${errorMessage(error)}`;
  return new PermanentError('login-failed', `The login server ${issuer} did not let in (${why}).`, error);
}

const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** Of the ID token, or where it has no address, of the server's page about the user. */
async function identityOf(
  config: openid.Configuration,
  tokens: openid.TokenEndpointResponse & openid.TokenEndpointResponseHelpers,
): Promise<LoginIdentity> {
  const claims = tokens.claims();
  if (!claims) throw new PermanentError('login-failed', 'The login server sent no ID token.');
  const needsMore = !text(claims.email) && config.serverMetadata().userinfo_endpoint !== undefined;
  const more = needsMore ? await openid.fetchUserInfo(config, tokens.access_token, claims.sub) : {};
  const all: Record<string, unknown> = { ...more, ...claims };
  return {
    issuer: claims.iss,
    subject: claims.sub,
    email: text(all.email),
    isEmailVerified: all.email_verified === true,
    name: text(all.name),
  };
}

/** Speaks OpenID Connect Core 1.0: code flow with PKCE (RFC 7636), state and nonce. */
export function createLoginServer(settings: LoginServerSettings, http: Http, now: () => number): LoginServer {
  let known: { config: Promise<openid.Configuration>; at: number } | null = null;
  const configuration = (): Promise<openid.Configuration> => {
    if (known && now() - known.at < METADATA_MS) return known.config;
    const config = discover(settings, http);
    const mine = { config, at: now() };
    known = mine;
    // A server that was away is asked again the next time.
    config.catch(() => {
      if (known === mine) known = null;
    });
    return config;
  };
  const guarded = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    try {
      return await work();
    } catch (error) {
      throw asOurError(error, settings.issuer);
    }
  };
  return {
    begin: () =>
      guarded(async () => {
        const proof = {
          state: openid.randomState(),
          nonce: openid.randomNonce(),
          verifier: openid.randomPKCECodeVerifier(),
        };
        const url = openid.buildAuthorizationUrl(await configuration(), {
          redirect_uri: settings.callback,
          scope: 'openid email profile',
          state: proof.state,
          nonce: proof.nonce,
          code_challenge: await openid.calculatePKCECodeChallenge(proof.verifier),
          code_challenge_method: 'S256',
        });
        return { url: url.href, proof };
      }),
    finish: (answer, { state, nonce, verifier }) =>
      guarded(async () => {
        const config = await configuration();
        const tokens = await openid.authorizationCodeGrant(
          config,
          new URL(`${settings.callback}?${answer}`),
          {
            expectedState: state,
            expectedNonce: nonce,
            pkceCodeVerifier: verifier,
            idTokenExpected: true,
          },
        );
        return identityOf(config, tokens);
      }),
  };
}
