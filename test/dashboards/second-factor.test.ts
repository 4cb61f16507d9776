import { load } from 'cheerio';
import decodeQR from 'qr/decode.js';
import { beforeEach, describe, expect, it } from 'vitest';
import { commands } from '../../src/commands/users.ts';
import { hotp, stepAt } from '../../src/lib/totp.ts';
import type { User } from '../../src/model/user.ts';
import {
  get,
  makeUser,
  NOW,
  openDashboard,
  PASSWORD,
  post,
  renewed,
  type TestDashboard,
  type Visitor,
  visitAs,
} from './dashboard.ts';

const STEP_MS = 30_000;
const opened = openDashboard();
let dashboard: TestDashboard;
let user: User;
let here: Visitor;

beforeEach(async () => {
  dashboard = await renewed(await opened);
  user = await makeUser(dashboard, 'pr');
  here = await visitAs(dashboard, user);
});

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** As programs for codes read a key: by its letters. */
function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) => ALPHABET.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

const codeAt = (secret: Buffer, at: Date) => hotp(secret, stepAt(at));

async function begin(visitor = here): Promise<{ secret: Buffer; page: string }> {
  const { text } = await post(dashboard, '/second-factor/begin', visitor, { present: PASSWORD });
  return { secret: fromBase32(load(text)('ol code').text().replaceAll(' ', '')), page: text };
}

/** Switched on, with the recovery codes; the clock stands at the next half minute. */
async function switchOn(visitor = here): Promise<{ secret: Buffer; codes: string[]; now: Date }> {
  const { secret } = await begin(visitor);
  const res = await post(dashboard, '/second-factor/confirm', visitor, { code: codeAt(secret, NOW) });
  const codes = load(res.text)('[role=status] code')
    .map((_, code) => load(code).text())
    .get();
  const now = new Date(NOW.getTime() + STEP_MS);
  dashboard.setNow(now);
  return { secret, codes, now };
}

const enter = (email = user.email) => post(dashboard, '/login', null, { email, password: PASSWORD });

/** The token of the page that asks for the code; '' when it does not ask. */
async function half(): Promise<string> {
  return load((await enter()).text)('input[name=token]').attr('value') ?? '';
}

const sendCode = (token: string, code: string, more = {}) =>
  post(dashboard, '/login/code', null, { token, code, ...more });

const auditOf = async (like: string) =>
  (
    await dashboard.db.query<{ action: string }>(
      'select action from audit where action like $1 order by id',
      [like],
    )
  ).map(({ action }) => action);

describe('setting up', () => {
  it('asks for the password first', async () => {
    const res = await post(dashboard, '/second-factor/begin', here, { present: 'something else' });
    expect(res.status).toBe(400);
    expect(res.text).toContain('The present password is not right');
    expect(await dashboard.db.query('select 1 from second_factors')).toEqual([]);
  });

  it('shows the same secret as a picture, a link and letters', async () => {
    const { secret, page } = await begin();
    const $ = load(page);
    const size = Number($('svg.qr').attr('viewBox')?.split(' ')[2]);
    const scale = 8;
    const data = new Uint8Array(size * scale * size * scale * 4).fill(255);
    for (const [, x, y] of ($('svg.qr path').attr('d') ?? '').matchAll(/M(\d+) (\d+)h1v1h-1z/g))
      for (let i = 0; i < scale * scale; i++) {
        const at =
          ((Number(y) * scale + Math.floor(i / scale)) * size * scale + Number(x) * scale + (i % scale)) * 4;
        data.fill(0, at, at + 3);
      }
    const read = decodeQR({ width: size * scale, height: size * scale, data });
    expect(read).toBe($('ol a').attr('href'));
    const uri = new URL(read);
    expect(uri.protocol).toBe('otpauth:');
    expect(fromBase32(uri.searchParams.get('secret') ?? '')).toEqual(secret);
    expect(secret).toHaveLength(20);
  });

  it('keeps the secret sealed, and recovery codes by keyed hashes', async () => {
    const { secret, codes } = await switchOn();
    const rows = JSON.stringify([
      await dashboard.db.query('select * from second_factors'),
      await dashboard.db.query('select * from recovery_codes'),
    ]);
    expect(rows).not.toContain(secret.toString('base64'));
    for (const code of codes) expect(rows).not.toContain(code);
    expect(rows).not.toContain(codes[0]?.replaceAll('-', ''));
  });

  it('changes nothing before a code has shown that the telephone has it', async () => {
    const { secret } = await begin();
    expect((await enter()).status).toBe(303);
    const wrong = await post(dashboard, '/second-factor/confirm', here, { code: '000000' });
    expect(wrong.status).toBe(400);
    expect(load(wrong.text)('ol code').text().replaceAll(' ', '')).not.toBe('');
    expect((await enter()).status).toBe(303);
    expect(
      (await post(dashboard, '/second-factor/confirm', here, { code: codeAt(secret, NOW) })).status,
    ).toBe(200);
    expect(await half()).not.toBe('');
  });

  it('gives ten different recovery codes, ends other sessions, and is written down', async () => {
    await enter();
    const { codes } = await switchOn();
    expect(new Set(codes).size).toBe(10);
    for (const code of codes) expect(code).toMatch(/^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$/);
    expect(await dashboard.db.query('select 1 as n from sessions')).toHaveLength(1);
    expect(await auditOf('factor.%')).toEqual(['factor.added']);
  });

  it('shows the secret and the codes to nobody a second time', async () => {
    const { codes } = await switchOn();
    const { text } = await get(dashboard, '/second-factor', here);
    expect(text).toContain('Recovery codes left: 10');
    for (const code of codes) expect(text).not.toContain(code);
    expect((await post(dashboard, '/second-factor/begin', here, { present: PASSWORD })).status).toBe(400);
  });
});

describe('a login', () => {
  it('needs the code after the password, and gives no session before', async () => {
    const { secret, now } = await switchOn();
    const first = await enter();
    expect(first.headers['set-cookie']).toBeUndefined();
    const token = load(first.text)('input[name=token]').attr('value') ?? '';
    const res = await sendCode(token, codeAt(secret, now), { next: '/cases' });
    expect(res.headers.location).toBe('/cases');
    const cookie = String(res.headers['set-cookie']).split(';')[0] ?? '';
    expect((await get(dashboard, '/today', { cookie, csrf: '' })).status).toBe(200);
  });

  it('takes no code a second time, not even of the half minute before', async () => {
    const { secret, now } = await switchOn();
    const code = codeAt(secret, now);
    expect((await sendCode(await half(), codeAt(secret, NOW))).status).toBe(401);
    expect((await sendCode(await half(), code)).status).toBe(303);
    expect((await sendCode(await half(), code)).status).toBe(401);
    dashboard.setNow(new Date(now.getTime() + STEP_MS));
    expect((await sendCode(await half(), code)).status).toBe(401);
    expect((await sendCode(await half(), codeAt(secret, new Date(now.getTime() + STEP_MS)))).status).toBe(
      303,
    );
  });

  it('lets only one of two in that send the same code at once', async () => {
    const { secret, now } = await switchOn();
    const tokens = [await half(), await half()];
    const code = codeAt(secret, now);
    const answers = await Promise.all(tokens.map((token) => sendCode(token, code)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([303, 401]);
  });

  it('takes each recovery code once, in small letters and without dashes too', async () => {
    const { codes } = await switchOn();
    const code = codes[3]?.toLowerCase().replaceAll('-', ' ') ?? '';
    expect((await sendCode(await half(), code)).status).toBe(303);
    expect((await sendCode(await half(), code)).status).toBe(401);
    expect(await auditOf('factor.re%')).toEqual(['factor.recovery']);
    expect((await get(dashboard, '/second-factor', here)).text).toContain('Recovery codes left: 9');
  });

  it('is over after ten minutes, when the password changes, and once it was used', async () => {
    const { secret, now } = await switchOn();
    const used = await half();
    expect((await sendCode(used, codeAt(secret, now))).status).toBe(303);
    const stale = await half();
    const late = new Date(now.getTime() + 10 * 60_000);
    dashboard.setNow(late);
    const fresh = await half();
    await post(dashboard, '/settings/password', here, {
      present: PASSWORD,
      password: 'another horse battery',
    });
    for (const token of [used, stale, fresh, 'unknown', ''])
      expect((await sendCode(token, codeAt(secret, late))).text).toContain('This login is over');
  });

  it('counts wrong codes by person, however often the password is sent again', async () => {
    const { secret, now } = await switchOn();
    for (let i = 0; i < 10; i++) expect((await sendCode(await half(), '000000')).status).toBe(401);
    expect((await sendCode(await half(), codeAt(secret, now))).status).toBe(429);
    expect((await auditOf('factor.failed')).length).toBe(10);
  });

  it('is not got around by a link to set a password', async () => {
    await switchOn();
    const admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
    const made = await post(dashboard, `/users/${user.id}/link`, admin, {});
    const path = new URL(load(made.text)('[role=status] code').text()).pathname;
    const res = await post(dashboard, path, null, { password: 'another horse battery' });
    expect(res.headers['set-cookie']).toBeUndefined();
    expect(load(res.text)('input[name=token]').length).toBe(1);
  });
});

describe('a role that must have a code', () => {
  let admin: Visitor;
  beforeEach(async () => {
    admin = await visitAs(dashboard, await makeUser(dashboard, 'admin'));
    await post(dashboard, '/roles/second-factor', admin, { roles: 'pr' });
  });

  it('is led to where it is set up, and may do nothing else', async () => {
    expect((await get(dashboard, '/today', here)).headers.location).toBe('/second-factor');
    expect((await post(dashboard, '/settings', here, { language: 'en', zone: 'UTC' })).status).toBe(403);
    expect((await get(dashboard, '/second-factor', here)).text).toContain('For your role');
    await switchOn();
    expect((await get(dashboard, '/today', here)).status).toBe(200);
    expect((await get(dashboard, '/today', admin)).status).toBe(200);
  });

  it('cannot be switched off by oneself', async () => {
    await switchOn();
    expect((await post(dashboard, '/second-factor/off', here, { present: PASSWORD })).status).toBe(400);
    expect(await half()).not.toBe('');
  });

  it('is written down, and can be let go', async () => {
    await post(dashboard, '/roles/second-factor', admin, {});
    expect((await get(dashboard, '/today', here)).status).toBe(200);
    expect(
      await dashboard.db.query(`select detail from audit where action = 'factor.roles' order by id`),
    ).toEqual([{ detail: { roles: ['pr'] } }, { detail: { roles: [] } }]);
  });
});

describe('taking it off', () => {
  it('is done by oneself with the password', async () => {
    await switchOn();
    expect((await post(dashboard, '/second-factor/off', here, { present: 'wrong' })).status).toBe(400);
    expect((await post(dashboard, '/second-factor/off', here, { present: PASSWORD })).status).toBe(303);
    expect((await enter()).status).toBe(303);
    expect(await auditOf('factor.removed')).toEqual(['factor.removed']);
  });

  it('is done by an administrator for others, not for himself', async () => {
    await switchOn();
    const boss = await makeUser(dashboard, 'admin');
    const admin = await visitAs(dashboard, boss);
    await post(dashboard, `/users/${user.id}/second-factor`, admin, {});
    await post(dashboard, `/users/${boss.id}/second-factor`, admin, {});
    expect((await enter()).status).toBe(303);
    expect(
      await dashboard.db.query(`select actor, subject from audit where action = 'factor.removed'`),
    ).toEqual([{ actor: boss.email, subject: `user:${user.id}` }]);
  });

  it('is done at the command line, the way back in for the last administrator', async () => {
    await switchOn();
    const said: string[] = [];
    const out = { data: (_value: unknown, text: string) => void said.push(text), message: () => undefined };
    const command = commands.find(({ name }) => name === 'users no-code');
    await command?.run({ jobs: dashboard.deps } as never, { email: user.email }, out);
    expect(said).toEqual(['pr@example.com needs no code now']);
    expect((await enter()).status).toBe(303);
  });

  it('voids old recovery codes when new ones are made', async () => {
    const { codes } = await switchOn();
    await post(dashboard, '/second-factor/codes', here, { present: PASSWORD });
    expect((await sendCode(await half(), codes[0] ?? '')).status).toBe(401);
  });
});
