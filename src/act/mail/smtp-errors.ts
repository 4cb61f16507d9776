import { PermanentError, RetryLaterError } from '../../lib/errors.ts';

/** How far an exchange had come when it failed. */
export type SmtpStage = 'connect' | 'login' | 'envelope' | 'data';

interface SmtpFailure {
  code?: unknown;
  response?: unknown;
  responseCode?: unknown;
}

/**
 * Names what to do about a failed exchange. A message in flight without an answer (`data`, no reply code) is
 * `smtp-in-doubt` and permanent: sending it again by itself could give the recipient two mails.
 */
export function smtpError(error: unknown, stage: SmtpStage, host: string): RetryLaterError | PermanentError {
  const failure = (error ?? {}) as SmtpFailure;
  const reply = typeof failure.responseCode === 'number' ? failure.responseCode : undefined;
  if (stage === 'login') return authError(reply, host);
  if (reply !== undefined && reply >= 500) return refusedForGood(reply, failure, stage, host, error);
  if (reply !== undefined && reply >= 400) return refusedForNow(reply, failure, host, error);
  if (stage === 'data') return inDoubt(host, error);
  if (failure.code === 'EMESSAGE') return tooLarge(host, error);
  if (failure.code === 'EENVELOPE') return badAddress(host, error);
  if (failure.code === 'ETLS') return tlsError(host, error);
  return connectError(host, error);
}

/** The server's words are left out, and so is the cause: some servers repeat what they were given. */
function authError(reply: number | undefined, host: string): RetryLaterError {
  const answer = reply === undefined ? '' : ` (answer ${reply})`;
  return new RetryLaterError(
    'smtp-auth',
    `The mail server ${host} refused the login${answer}. Check the user and the password in the mail address (smtp://user:password@host:587); characters such as @ : / in them must be percent-encoded.`,
  );
}

/** Before the envelope a 5xx speaks of us (greylisting, blocked address, TLS wanted), not of the message: mendable. */
function refusedForGood(
  reply: number,
  failure: SmtpFailure,
  stage: SmtpStage,
  host: string,
  cause: unknown,
): RetryLaterError | PermanentError {
  const words = serverWords(failure);
  if (stage === 'connect') {
    return new RetryLaterError(
      'smtp-connect',
      `The mail server ${host} does not talk to us (${reply}${words}). Check host, port and whether it wants smtps:// or STARTTLS.`,
      { cause },
    );
  }
  return new PermanentError(
    'smtp-5xx',
    `The mail server ${host} refused the message for good (${reply}${words}). Check the recipient's and the sender's address.`,
    cause,
  );
}

function refusedForNow(reply: number, failure: SmtpFailure, host: string, cause: unknown): RetryLaterError {
  return new RetryLaterError(
    'smtp-4xx',
    `The mail server ${host} cannot take the message now (${reply}${serverWords(failure)}). It will be tried again.`,
    { cause },
  );
}

function inDoubt(host: string, cause: unknown): PermanentError {
  return new PermanentError(
    'smtp-in-doubt',
    `The connection to ${host} broke while the message was being handed over: it may have arrived. Ask the recipient, then send it again by hand if it did not.`,
    cause,
  );
}

function tooLarge(host: string, cause: unknown): PermanentError {
  return new PermanentError(
    'too-large',
    `The message is larger than ${host} takes. Raise the limit of the mail server or shorten the message.`,
    cause,
  );
}

function badAddress(host: string, cause: unknown): PermanentError {
  return new PermanentError(
    'bad-address',
    `An address in the message is not one that ${host} can be given.`,
    cause,
  );
}

function tlsError(host: string, cause: unknown): RetryLaterError {
  return new RetryLaterError(
    'smtp-connect',
    `No encrypted connection to the mail server ${host}: use smtps:// for port 465, smtp:// for 587, and check its certificate.`,
    { cause },
  );
}

function connectError(host: string, cause: unknown): RetryLaterError {
  return new RetryLaterError(
    'smtp-connect',
    `The mail server ${host} does not answer. Check that it runs and that host and port are right.`,
    { cause },
  );
}

function serverWords(failure: SmtpFailure): string {
  if (typeof failure.response !== 'string') return '';
  const words = failure.response
    .replace(/^\d{3}[ -]?/, '')
    .replace(/\s+/g, ' ')
    .trim();
  return words === '' ? '' : `: ${words.slice(0, 160)}`;
}
