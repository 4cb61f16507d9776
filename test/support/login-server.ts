import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { load } from 'cheerio';
import { Provider } from 'oidc-provider';

/** What a login server says of an account. */
export interface Account {
  email?: string;
  email_verified?: boolean;
  name?: string;
}

export interface RunningLoginServer {
  issuer: string;
  /** By their names for logging in; tests may change them. */
  accounts: Map<string, Account>;
  close(): Promise<void>;
}

export const CLIENT = { id: 'molva', secret: 'a secret that only they and we know' };

/** A certified OpenID provider on loopback; `callback`: the only address to which it sends people back. */
export async function startLoginServer(callback: string): Promise<RunningLoginServer> {
  const accounts = new Map<string, Account>();
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT.id,
        client_secret: CLIENT.secret,
        redirect_uris: [callback],
        grant_types: ['authorization_code'],
        response_types: ['code'],
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    findAccount: (_ctx, id) => ({ accountId: id, claims: async () => ({ sub: id, ...accounts.get(id) }) }),
    features: { devInteractions: { enabled: true } },
    pkce: { required: () => true },
    cookies: { keys: ['for this run'] },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    accounts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A person in front of the server's forms, with a browser's cookies. Returns the address to which he is sent back. */
export async function logInThere(start: string, login: string): Promise<URL> {
  const cookies = new Map<string, string>();
  const { origin } = new URL(start);
  let url = start;
  let form: URLSearchParams | null = null;
  for (let step = 0; step < 12; step += 1) {
    const res: Response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form ? { method: 'POST', body: form } : {}),
    });
    for (const line of res.headers.getSetCookie()) {
      const [name = '', value = ''] = (line.split(';')[0] ?? '').split('=', 2);
      cookies.set(name, value);
    }
    const to = res.headers.get('location');
    form = null;
    if (to) {
      url = new URL(to, url).href;
      if (!url.startsWith(origin)) return new URL(url);
      continue;
    }
    const page = load(await res.text());
    const action = page('form').attr('action');
    if (!action) throw new Error(`the login server says: ${page('body').text().slice(0, 500)}`);
    const prompt = page('input[name=prompt]').attr('value') ?? '';
    url = new URL(action, url).href;
    form = new URLSearchParams(prompt === 'login' ? { prompt, login, password: 'any' } : { prompt });
  }
  throw new Error('the login server sends in a circle');
}
