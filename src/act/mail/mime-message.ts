import addressparser from 'nodemailer/lib/addressparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { PermanentError } from '../../lib/errors.ts';
import type { Mail } from '../../model/ports.ts';

export interface Sender {
  /** Bare address. */
  address: string;
  name?: string | undefined;
}

export interface ComposedMail {
  envelope: { from: string; to: string };
  bytes: Buffer;
}

/** Set by us: an extra header of this name would be a second one, or a second recipient. */
const OWN_HEADERS = new Set([
  'from',
  'sender',
  'to',
  'cc',
  'bcc',
  'subject',
  'date',
  'message-id',
  'mime-version',
  'content-type',
  'content-transfer-encoding',
]);

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const BREAKS = /[\u0000\r\n]/;

/** A multipart/alternative message as bytes. Throws PermanentError `bad-header` or `bad-address`. */
export async function composeMail(mail: Mail, sender: Sender): Promise<ComposedMail> {
  checkHeaders(mail, sender);
  const to = oneAddress(mail.to);
  const from = oneAddress(sender.address);
  const node = new MailComposer({
    from: { name: sender.name ?? from.name, address: from.address },
    to: { name: to.name, address: to.address },
    subject: mail.subject,
    messageId: mail.messageId,
    text: mail.text,
    html: mail.html,
    headers: mail.headers,
    disableFileAccess: true,
    disableUrlAccess: true,
  }).compile();
  return { envelope: envelopeOf(node.getEnvelope()), bytes: await node.build() };
}

function checkHeaders(mail: Mail, sender: Sender): void {
  checkValue('Subject', mail.subject);
  checkValue('To', mail.to);
  checkValue('From', sender.address);
  checkValue('From', sender.name ?? '');
  checkValue('Message-ID', mail.messageId);
  if (!/^<[^<>\s@]+@[^<>\s@]+>$/.test(mail.messageId))
    throw badHeader('Message-ID', 'must look like <id@host>');
  for (const [name, value] of Object.entries(mail.headers)) {
    if (!/^[A-Za-z][A-Za-z0-9-]*$/.test(name))
      throw badHeader('An extra header', 'has a name that is not a word');
    if (OWN_HEADERS.has(name.toLowerCase())) throw badHeader(name, 'is written by the mailer itself');
    checkValue(name, value);
  }
}

function checkValue(name: string, value: string): void {
  if (BREAKS.test(value)) throw badHeader(name, 'contains a line break or a zero byte');
}

/** The value itself stays out of the message: it can be a person's name or hostile. */
function badHeader(name: string, what: string): PermanentError {
  return new PermanentError(
    'bad-header',
    `${name} ${what}, so the mail was not sent. Mend the text that it is made from.`,
  );
}

/** `a@b.example` or `Name <a@b.example>`; a list would quietly reach people who were not meant. */
function oneAddress(value: string): { name: string; address: string } {
  const found = addressparser(value, { flatten: true });
  const [first] = found;
  if (found.length !== 1 || !first || !/^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(first.address ?? '')) {
    throw new PermanentError(
      'bad-address',
      'A mail needs exactly one recipient and one sender, each written like name@example.org.',
    );
  }
  return { name: first.name ?? '', address: first.address ?? '' };
}

function envelopeOf(envelope: { from?: unknown; to?: unknown }): { from: string; to: string } {
  const to: unknown = Array.isArray(envelope.to) ? envelope.to[0] : envelope.to;
  if (typeof envelope.from !== 'string' || typeof to !== 'string') {
    throw new PermanentError(
      'bad-address',
      'The sender or the recipient is not an address that mail can go to.',
    );
  }
  return { from: envelope.from, to };
}
