import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerDataStream } from 'smtp-server';
import { type LoopbackServer, notFound, plain, type Reply, serveLoopback } from './loopback.ts';
import { parseMail } from './mime.ts';
import { mailFrame, mailListPage, mailPage, type ReceivedMail } from './pages/mail.ts';
import { screenLanguage } from './texts/screens.ts';

export interface Mailbox {
  /** `smtp://127.0.0.1:2525`: no TLS, any login or none. */
  smtpUrl: string;
  /** The viewer. */
  url: string;
  /** Newest last. */
  messages: readonly ReceivedMail[];
  close(): Promise<void>;
}

const MAX_MAIL = 2 * 1024 * 1024;
const MAX_MAILS = 200;

/** A mail server that keeps everything and passes nothing on, with a page to read it. Ports 0 take any free ones. */
export async function startMailbox(options: { smtpPort: number; httpPort: number }): Promise<Mailbox> {
  const messages: ReceivedMail[] = [];
  const smtp = await startSmtp(options.smtpPort, messages);
  const web = await startViewer(options.httpPort, messages).catch(async (error: unknown) => {
    await smtp.close();
    throw error;
  });
  return {
    smtpUrl: `smtp://127.0.0.1:${smtp.port}`,
    url: web.url,
    messages,
    async close() {
      await Promise.all([smtp.close(), web.close()]);
    },
  };
}

async function startSmtp(
  port: number,
  messages: ReceivedMail[],
): Promise<{ port: number; close(): Promise<void> }> {
  let count = 0;
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    size: MAX_MAIL,
    closeTimeout: 500,
    onAuth: (_auth, _session, done) => done(null, { user: 'demo' }),
    onData(stream, session, done) {
      readMail(stream).then(
        (raw) => {
          if (raw === null)
            return done(Object.assign(new Error('The mail is too large'), { responseCode: 552 }));
          const recipients = session.envelope.rcptTo.map((recipient) => recipient.address);
          messages.push({ ...parseMail(raw), number: ++count, receivedAt: new Date(), recipients });
          if (messages.length > MAX_MAILS) messages.shift();
          done(null, `kept as ${count}`);
        },
        (error: unknown) => done(error instanceof Error ? error : new Error('The mail broke off')),
      );
    },
  });
  // Clients that hang up in the middle are no reason to stop the demo.
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      server.on('error', () => {});
      resolve();
    });
  });
  return {
    port: (server.server.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** null when it is larger than we keep; it is then read to its end all the same, as SMTP wants. */
async function readMail(stream: SMTPServerDataStream): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size <= MAX_MAIL) chunks.push(chunk);
  }
  return size > MAX_MAIL || stream.sizeExceeded ? null : Buffer.concat(chunks);
}

function startViewer(port: number, messages: readonly ReceivedMail[]): Promise<LoopbackServer> {
  return serveLoopback(port, (request, url): Reply => {
    request.resume();
    if (request.method !== 'GET' && request.method !== 'HEAD') return plain(405, 'Only GET\n');
    const language = screenLanguage(request);
    if (url.pathname === '/') return mailListPage(messages, language);
    const match = /^\/mail\/(\d+)(\.html)?$/.exec(url.pathname);
    const mail = messages.find((each) => String(each.number) === match?.[1]);
    if (!mail) return notFound();
    return match?.[2] === undefined ? mailPage(mail, language) : mailFrame(mail);
  });
}
