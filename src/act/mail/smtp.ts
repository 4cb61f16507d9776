import { Readable } from 'node:stream';
import { rootCertificates } from 'node:tls';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import { ConfigError } from '../../lib/errors.ts';
import type { Mailer } from '../../model/ports.ts';
import { type ComposedMail, composeMail } from './mime-message.ts';
import { type SmtpStage, smtpError } from './smtp-errors.ts';

export interface SmtpMailerOptions {
  /** `smtp://user:password@host:587` (STARTTLS when offered) or `smtps://user:password@host:465`. */
  url: string;
  /** The sender's address, bare or `Name <address>`. */
  from: string;
  /** The sender's name as recipients see it. */
  name?: string;
  /** For the whole exchange with the server. */
  timeoutMs: number;
  /** PEM of an authority that signs the server's certificate, beside those that everybody knows. */
  ca?: string | undefined;
}

interface SmtpServer {
  host: string;
  port: number;
  secure: boolean;
  login: { user: string; pass: string } | null;
}

/**
 * `beforeData` runs after the server has accepted sender and recipient and before the first byte of the message,
 * so whatever fails earlier left nothing behind. When it rejects, the mail is not sent and its error is thrown.
 * Throws ConfigError at once when the address of the server is malformed.
 */
export function createSmtpMailer(options: SmtpMailerOptions): Mailer {
  const server = readServer(options.url);
  const sender = { address: options.from, ...(options.name === undefined ? {} : { name: options.name }) };
  return {
    async send(mail, beforeData) {
      const composed = await composeMail(mail, sender);
      return await new Exchange(server, options).run(composed, beforeData);
    },
  };
}

/** One connection, one message. */
class Exchange {
  private readonly server: SmtpServer;
  private readonly timeoutMs: number;
  private readonly connection: SMTPConnection;
  private stage: SmtpStage = 'connect';
  /** What `beforeData` threw: the caller's own error, not the server's. */
  private stopped: { error: unknown } | null = null;

  constructor(server: SmtpServer, { timeoutMs, ca }: Pick<SmtpMailerOptions, 'timeoutMs' | 'ca'>) {
    this.server = server;
    this.timeoutMs = timeoutMs;
    this.connection = new SMTPConnection({
      host: server.host,
      port: server.port,
      secure: server.secure,
      // A password never crosses a network in the clear, even when somebody strips STARTTLS from the offer.
      requireTLS: !server.secure && server.login !== null && !isLoopback(server.host),
      ...(ca === undefined ? {} : { tls: { ca: [...rootCertificates, ca] } }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      dnsTimeout: timeoutMs,
      socketTimeout: timeoutMs,
    });
  }

  async run(mail: ComposedMail, beforeData: () => Promise<void>): Promise<{ response: string }> {
    let timer: NodeJS.Timeout | undefined;
    const broken = new Promise<never>((_resolve, reject) => {
      this.connection.on('error', reject);
      timer = setTimeout(() => reject(new Error('time-out')), this.timeoutMs);
    });
    try {
      const response = await Promise.race([this.talk(mail, beforeData), broken]);
      this.connection.quit();
      return { response };
    } catch (error) {
      this.connection.close();
      if (this.stopped) throw this.stopped.error;
      throw smtpError(error, this.stage, `${this.server.host}:${this.server.port}`);
    } finally {
      clearTimeout(timer);
    }
  }

  private async talk(mail: ComposedMail, beforeData: () => Promise<void>): Promise<string> {
    await done((callback) => this.connection.connect(callback));
    await this.login();
    this.stage = 'envelope';
    const info = await new Promise<{ response: string }>((resolve, reject) => {
      const envelope = { ...mail.envelope, size: mail.bytes.length };
      this.connection.send(envelope, this.content(mail, beforeData), (error, result) =>
        error ? reject(error) : resolve({ response: result.response ?? '' }),
      );
    });
    return info.response;
  }

  private async login(): Promise<void> {
    const { login } = this.server;
    if (!login) return;
    this.stage = 'login';
    await done((callback) => this.connection.login({ user: login.user, pass: login.pass }, callback));
  }

  /** Read by the connection only once the server has said 354, which is what makes `beforeData` so late. */
  private content(mail: ComposedMail, beforeData: () => Promise<void>): Readable {
    const start = async () => {
      try {
        await beforeData();
      } catch (error) {
        this.stopped = { error };
        throw error;
      }
      this.stage = 'data';
    };
    async function* bytes() {
      await start();
      yield mail.bytes;
    }
    return Readable.from(bytes(), { objectMode: false });
  }
}

function done(start: (callback: (error?: Error | null) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => start((error) => (error ? reject(error) : resolve())));
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127\./.test(host);
}

/** The address itself stays out of the error: it holds the password. */
function readServer(url: string): SmtpServer {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^smtps?:$/.test(parsed.protocol) || parsed.hostname === '') {
    throw new ConfigError(
      'The mail server must be written like smtp://user:password@host:587 or smtps://user:password@host:465.',
    );
  }
  const secure = parsed.protocol === 'smtps:';
  const port = parsed.port === '' ? (secure ? 465 : 587) : Number(parsed.port);
  const host = parsed.hostname.replace(/^\[|\]$/g, '');
  return { host, port, secure, login: readLogin(parsed) };
}

function readLogin(url: URL): SmtpServer['login'] {
  if (url.username === '') return null;
  try {
    return { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) };
  } catch {
    throw new ConfigError('User or password of the mail server hold a lone %: write it as %25.');
  }
}
