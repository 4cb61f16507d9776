import { afterEach, describe, expect, it } from 'vitest';
import { createSmtpMailer } from '../../../src/act/mail/smtp.ts';
import { ConfigError, errorCode, PermanentError, RetryLaterError } from '../../../src/lib/errors.ts';
import type { Mail } from '../../../src/model/ports.ts';
import { startScripted, startSmtp } from './smtp-fake.ts';

const closers: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

async function kept<T extends { close(): Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  closers.push(() => server.close());
  return server;
}

const mail: Mail = {
  messageId: '<digest-1@molva.example>',
  to: 'anna@example.org',
  subject: 'Сводка: 3 обращения 🌼',
  html: '<p>Привет &amp; добро пожаловать</p>',
  text: 'Привет & добро пожаловать\n.\nточка выше — не конец',
  headers: { 'Auto-Submitted': 'auto-generated', 'List-Unsubscribe': '<https://molva.example/u/1>' },
};

function mailerAt(port: number, login = '', timeoutMs = 2000) {
  return createSmtpMailer({
    url: `smtp://${login}127.0.0.1:${port}`,
    from: 'molva@example.org',
    name: 'Молва',
    timeoutMs,
  });
}

async function failureOf(sending: Promise<unknown>): Promise<Error> {
  return await sending.then(
    () => Promise.reject(new Error('it was sent')),
    (error: unknown) => error as Error,
  );
}

/** Sends, and says how it failed and whether the message may have left. */
async function attempt(port: number, change: Partial<Mail> = {}, login = '', timeoutMs = 2000) {
  let began = 0;
  const error = await failureOf(
    mailerAt(port, login, timeoutMs).send({ ...mail, ...change }, async () => {
      began++;
    }),
  );
  return { error, code: errorCode(error), began };
}

describe('createSmtpMailer', () => {
  it('delivers text and HTML with the given id and headers', async () => {
    const server = await kept(startSmtp());
    let began = 0;
    const { response } = await mailerAt(server.port).send(mail, async () => {
      began++;
      expect(server.letters).toHaveLength(0);
    });
    expect(began).toBe(1);
    expect(response).toContain('queued as 42');
    const [letter] = server.letters;
    expect(letter).toMatchObject({ from: 'molva@example.org', to: ['anna@example.org'] });
    expect(letter?.raw).toContain('Message-ID: <digest-1@molva.example>');
    expect(letter?.raw).toContain('Auto-Submitted: auto-generated');
    expect(letter?.raw).toContain('List-Unsubscribe: <https://molva.example/u/1>');
    expect(letter?.raw).toMatch(/Content-Type: multipart\/alternative/);
    expect(letter?.raw).toMatch(/Content-Type: text\/plain; charset=utf-8/);
    expect(letter?.raw).toMatch(/Content-Type: text\/html; charset=utf-8/);
    expect(letter?.raw).toMatch(/From: =\?UTF-8\?[BQ]\?.+\?= <molva@example\.org>/);
  });

  it('logs in when the address holds a user', async () => {
    const server = await kept(startSmtp({ authOptional: false }));
    await mailerAt(server.port, 'u%40x:right@').send(mail, async () => {});
    expect(server.letters).toHaveLength(1);
  });

  it('keeps a wrong password for later and out of the message', async () => {
    const server = await kept(startSmtp({ authOptional: false }));
    const { error, code, began } = await attempt(server.port, {}, 'u:geheim77@');
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(code).toBe('smtp-auth');
    expect(began).toBe(0);
    expect(`${error.message} ${error.stack} ${String(error.cause)}`).not.toContain('geheim77');
  });

  it('never sends a password without encryption to another machine', async () => {
    const server = await kept(startSmtp());
    const mailer = createSmtpMailer({
      url: `smtp://u:right@0.0.0.0:${server.port}`,
      from: 'm@example.org',
      timeoutMs: 2000,
    });
    const error = await failureOf(mailer.send(mail, async () => {}));
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(server.letters).toHaveLength(0);
  });

  it('asks for a later try when nobody answers', async () => {
    const server = await startSmtp();
    await server.close();
    const { error, code, began } = await attempt(server.port);
    expect(error).toBeInstanceOf(RetryLaterError);
    expect([code, began]).toEqual(['smtp-connect', 0]);
  });

  it.each([
    ['a silent server', { greeting: 'silence' }, 'smtp-connect', RetryLaterError, 0],
    ['a busy greeting', { greeting: '421 busy' }, 'smtp-4xx', RetryLaterError, 0],
    ['a greeting that refuses us', { greeting: '554 not you' }, 'smtp-connect', RetryLaterError, 0],
    ['a sender refused for now', { MAIL: '451 greylisted' }, 'smtp-4xx', RetryLaterError, 0],
    ['a recipient refused for now', { RCPT: '450 mailbox busy' }, 'smtp-4xx', RetryLaterError, 0],
    ['an unknown recipient', { RCPT: '550 no such user' }, 'smtp-5xx', PermanentError, 0],
    ['DATA refused', { DATA: '554 no' }, 'smtp-5xx', PermanentError, 0],
    ['a line dropped before DATA', { RCPT: 'drop' }, 'smtp-connect', RetryLaterError, 0],
    ['a message refused for now', { '.': '452 disk full' }, 'smtp-4xx', RetryLaterError, 1],
    ['a message refused for good', { '.': '554 spam' }, 'smtp-5xx', PermanentError, 1],
    ['a line dropped after DATA', { '.': 'drop' }, 'smtp-in-doubt', PermanentError, 1],
    ['no answer to the message', { '.': 'silence' }, 'smtp-in-doubt', PermanentError, 1],
  ])('tells what to do about %s', async (_name, replies, expected, kind, began) => {
    const server = await kept(startScripted(replies as unknown as Record<string, string>));
    const failed = await attempt(server.port, {}, '', 600);
    expect([failed.code, failed.began]).toEqual([expected, began]);
    expect(failed.error).toBeInstanceOf(kind);
  });

  it('sends nothing when beforeData rejects, and throws its error', async () => {
    const server = await kept(startScripted({}));
    const stop = new Error('the store is gone');
    const error = await failureOf(mailerAt(server.port).send(mail, () => Promise.reject(stop)));
    expect(error).toBe(stop);
    expect(server.lines).not.toContain('(content)');
  });

  it.each<[string, Partial<Mail>]>([
    ['subject', { subject: 'hello\r\nBcc: all@example.org' }],
    ['bare line feed', { subject: 'hello\nBcc: all@example.org' }],
    ['zero byte', { subject: 'hel\u0000lo' }],
    ['recipient', { to: 'anna@example.org\r\nRCPT TO:<all@example.org>' }],
    ['message id', { messageId: '<a@b>\r\nX: y' }],
    ['header value', { headers: { 'List-Id': 'a\r\nBcc: all@example.org' } }],
    ['header name', { headers: { 'List-Id: x\r\nBcc': 'all@example.org' } }],
    ['second recipient header', { headers: { Bcc: 'all@example.org' } }],
  ])('refuses a header injected through the %s', async (_name, change) => {
    const server = await kept(startSmtp());
    const { error, code, began } = await attempt(server.port, change);
    expect(error).toBeInstanceOf(PermanentError);
    expect([code, began]).toEqual(['bad-header', 0]);
    expect(error.message).not.toContain('all@example.org');
    expect(server.letters).toHaveLength(0);
  });

  it('refuses a sender name with a line break', async () => {
    const mailer = createSmtpMailer({
      url: 'smtp://127.0.0.1:9',
      from: 'm@example.org',
      name: 'a\r\nb',
      timeoutMs: 500,
    });
    expect(errorCode(await failureOf(mailer.send(mail, async () => {})))).toBe('bad-header');
  });

  it.each([
    '',
    'nobody',
    'a@example.org, b@example.org',
    'a@b@c',
    '<script>@',
  ])('refuses %j as the one recipient', async (to) => {
    const { error, code } = await attempt(9, { to });
    expect(error).toBeInstanceOf(PermanentError);
    expect(code).toBe('bad-address');
  });

  it('folds a subject of 100 kB and keeps hostile text as text', async () => {
    const server = await kept(startSmtp());
    const subject = `${'x'.repeat(50_000)} ${'ж'.repeat(25_000)}`;
    const html = '<p>‮evil‬ 👩‍👩‍👧 </p>';
    await mailerAt(server.port).send({ ...mail, subject, html, text: '.\r\n..\r\nQUIT\r\n' }, async () => {});
    const raw = server.letters[0]?.raw ?? '';
    expect(Math.max(...raw.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
    expect(raw.split('\r\n\r\n')[0]).toContain('Subject: =?UTF-8?');
    expect(raw).toContain('QUIT');
  });

  it.each([
    'http://x',
    'smtp://',
    'nonsense',
    'smtp://u:%zz@h',
  ])('refuses %j as a server and keeps it out of the error', (url) => {
    const build = () => createSmtpMailer({ url, from: 'm@example.org', timeoutMs: 500 });
    expect(build).toThrow(ConfigError);
    expect(build).toThrow(/smtp|%25/);
  });
});
