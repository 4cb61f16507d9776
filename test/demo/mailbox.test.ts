import { load } from 'cheerio';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Mailbox, startMailbox } from '../../demo/mailbox.ts';
import { parseMail } from '../../demo/mime.ts';
import { renderDigest } from '../../src/act/digest/render.ts';
import { composeMail } from '../../src/act/mail/mime-message.ts';
import { createSmtpMailer } from '../../src/act/mail/smtp.ts';
import { sampleDigest } from '../act/digest/digest-sample.ts';

let box: Mailbox;
beforeEach(async () => {
  box = await startMailbox({ smtpPort: 0, httpPort: 0 });
});
afterEach(() => box.close());

const sender = { address: 'molva@example.org', name: 'Молва' };
const base = { messageId: '<a@molva.example>', to: 'pr@example.org', headers: {} };

describe('startMailbox', () => {
  it('shows a digest just as it was written', async () => {
    const digest = renderDigest(sampleDigest());
    const mailer = createSmtpMailer({
      url: box.smtpUrl,
      from: sender.address,
      name: sender.name,
      timeoutMs: 5000,
    });
    await mailer.send(
      { ...base, ...digest, headers: { 'List-Id': '<digest.molva.example>' } },
      async () => {},
    );
    const [mail] = box.messages;
    expect(mail).toMatchObject({ number: 1, subject: digest.subject, recipients: ['pr@example.org'] });
    expect(mail?.from).toBe('Молва <molva@example.org>');
    expect(mail?.html?.trimEnd()).toBe(digest.html.trimEnd());
    expect(mail?.text?.trimEnd()).toBe(digest.text.trimEnd());
    expect(mail?.headers).toContainEqual(['List-ID', '<digest.molva.example>']);

    const page = load(await (await fetch(box.url)).text());
    expect(page('iframe').attr('sandbox')).not.toMatch(/allow-scripts|allow-same-origin/);
    expect(page('pre').first().text()).toContain('ЖДУТ ОТВЕТА');
    const frame = await fetch(`${box.url}${page('iframe').attr('src')}`);
    expect(frame.headers.get('content-security-policy')).toMatch(/default-src 'none'.*sandbox/);
    expect(await frame.text()).toContain('Анна Ковалёва');
    expect((await fetch(`${box.url}/mail/1`)).status).toBe(200);
  });

  it('takes a login, and is kind to an empty box', async () => {
    expect(await (await fetch(box.url, { headers: { 'accept-language': 'ru-RU' } })).text()).toContain(
      'Писем пока нет',
    );
    const url = box.smtpUrl.replace('smtp://', 'smtp://anybody:anything@');
    await createSmtpMailer({ url, from: sender.address, timeoutMs: 5000 }).send(
      { ...base, subject: 's', text: 't', html: '<p>h</p>' },
      async () => {},
    );
    expect(box.messages).toHaveLength(1);
  });

  it('refuses mail without end and pages without mail', async () => {
    const mailer = createSmtpMailer({ url: box.smtpUrl, from: sender.address, timeoutMs: 10_000 });
    const sending = mailer.send(
      { ...base, subject: 's', html: 'h', text: 'long '.repeat(600_000) },
      async () => {},
    );
    await expect(sending).rejects.toMatchObject({ code: 'too-large' });
    expect(box.messages).toHaveLength(0);
    for (const path of ['/mail/1', '/mail/x', '/mail/1.html', '/../etc'])
      expect((await fetch(box.url + path)).status).toBe(404);
    expect((await fetch(box.url, { method: 'POST', body: 'x' })).status).toBe(405);
  });

  it('shows hostile HTML only inside its frame', async () => {
    const html = '<script>alert(1)</script><iframe src="https://evil.example"></iframe></pre>';
    const mailer = createSmtpMailer({ url: box.smtpUrl, from: sender.address, timeoutMs: 5000 });
    await mailer.send(
      { ...base, subject: '<b>x</b>', html, text: '</pre><script>alert(2)</script>' },
      async () => {},
    );
    const page = load(await (await fetch(box.url)).text());
    expect(page('script').length).toBe(0);
    expect(page('iframe').length).toBe(1);
    expect(page('h2').text()).toBe('<b>x</b>');
  });
});

describe('parseMail', () => {
  it('reads back whatever the composer writes', async () => {
    const words = fc.string({
      unit: fc.constantFrom('а', 'Ё', 'z', '=', '_', '?', ' ', '🌼', '"', '\\', '.', '«', 'ы', '-'),
      minLength: 1,
      maxLength: 120,
    });
    await fc.assert(
      fc.asyncProperty(words, words, words, async (subject, text, html) => {
        const mail = { ...base, subject: subject.trim() || 'x', text: `${text}x`, html: `<p>${html}</p>` };
        const parsed = parseMail((await composeMail(mail, sender)).bytes);
        expect(parsed.subject.replace(/\s+/g, ' ')).toBe(mail.subject.replace(/\s+/g, ' '));
        expect(parsed.text?.trimEnd()).toBe(mail.text);
        expect(parsed.html?.trimEnd()).toBe(mail.html);
      }),
      { numRuns: 300 },
    );
  });

  it('survives any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        parseMail(Buffer.from(bytes));
        parseMail(Buffer.concat([Buffer.from('Content-Type: multipart/mixed; boundary=b\n\n--b\n'), bytes]));
      }),
    );
  });
});
