import { errorCode, errorMessage, PermanentError, RefusedError, RetryLaterError } from '../lib/errors.ts';

const DNS = new Set(['ENOTFOUND', 'EAI_AGAIN', 'EAI_NODATA', 'EAI_FAIL', 'ENODATA', 'ESERVFAIL', 'ETIMEOUT']);
const TIMEOUT = new Set([
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
  'ETIMEDOUT',
]);
const BROKEN = new Set([
  'UND_ERR_RES_CONTENT_LENGTH_MISMATCH',
  'UND_ERR_RES_EXCEEDED_MAX_SIZE',
  'ERR_INVALID_CHAR',
]);
const TLS = /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/;

/** undici's parser names the fault in `code` only at times. */
function isUnreadable(error: unknown, code: string): boolean {
  return code.startsWith('HPE_') || BROKEN.has(code) || (error as Error).name === 'HTTPParserError';
}

export function timedOut(host: string, timeoutMs: number): RetryLaterError {
  return new RetryLaterError(
    'timeout',
    `${host} did not finish its answer within ${Math.round(timeoutMs / 1000)} s.`,
  );
}

/** What a failed exchange means for the caller. `host` names the server in the message. */
export function asNetworkError(error: unknown, host: string): Error {
  if (error instanceof RefusedError || error instanceof PermanentError || error instanceof RetryLaterError)
    return error;
  const code = errorCode(error);
  const options = { cause: error };
  if (DNS.has(code))
    return new RetryLaterError(
      'dns',
      `The name ${host} was not found: check the address, or the DNS of this machine.`,
      options,
    );
  if (TIMEOUT.has(code)) return new RetryLaterError('timeout', `${host} did not answer in time.`, options);
  if (code === 'UND_ERR_HEADERS_OVERFLOW' || code === 'HPE_HEADER_OVERFLOW')
    return new PermanentError('too-large', `${host} sends headers that are too large.`, error);
  if (isUnreadable(error, code))
    return new PermanentError(
      'broken-answer',
      `${host} answers with something that is not HTTP (${code}).`,
      error,
    );
  if (TLS.test(code))
    return new RetryLaterError(
      'tls',
      `No secure connection to ${host}: its certificate or encryption is not accepted (${code}).`,
      options,
    );
  if (code.startsWith('UND_ERR_INVALID') || code.startsWith('ERR_INVALID'))
    return new PermanentError(
      'bad-request',
      `The request to ${host} cannot be sent: ${errorMessage(error)}`,
      error,
    );
  return new RetryLaterError(
    'connect',
    `The connection to ${host} failed or was cut off (${code}).`,
    options,
  );
}
