import { describe, expect, it } from 'vitest';
import { observedHttp, recordExchanges } from '../../src/act/exchanges.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { HttpRequest, HttpResponse } from '../../src/model/ports.ts';

const request: HttpRequest = {
  url: 'https://portal.example/rest/7/s3cr3ts3cr3ts3cr3t/crm.item.add?token=abc&token=def',
  method: 'POST',
  headers: { authorization: 'Bearer abc', 'webhook-signature': 'v1,abc', 'webhook-id': 'm1' },
  body: 'the body',
};
const answer = (body: string, headers: Record<string, string> = {}): HttpResponse => ({
  url: request.url,
  status: 500,
  headers: { 'content-type': 'application/json', 'set-cookie': 'session=abc', ...headers },
  body: new TextEncoder().encode(body),
});
const observed = (send: () => Promise<HttpResponse>) => observedHttp({ send }, systemClock);

describe('exchanges with other systems', () => {
  it('are kept without secrets: in addresses, in headers, and without what we sent', async () => {
    const http = observed(async () => answer('{"error":"no"}'));
    const { exchanges } = await recordExchanges(() => http.send(request));
    expect(exchanges).toHaveLength(1);
    expect(exchanges[0]).toMatchObject({ method: 'POST', status: 500, responseBody: '{"error":"no"}' });
    expect(JSON.stringify(exchanges)).not.toMatch(/s3cr3t|abc|def|the body/);
    expect(exchanges[0]!.requestHeaders['webhook-id']).toBe('m1');
  });

  it('are cut, and what is private in an answer is masked', async () => {
    const http = observed(async () => answer(`anna@pochta.example ${'x'.repeat(100_000)}`));
    const { exchanges } = await recordExchanges(() => http.send(request));
    expect(exchanges[0]!.responseBody.length).toBeLessThanOrEqual(2000);
    expect(exchanges[0]!.responseBody).not.toContain('anna@');
  });

  it('are kept of what fails, and the error stays what it was', async () => {
    const http = observed(() => Promise.reject(new Error('no connection')));
    const { exchanges, outcome } = await recordExchanges(() => http.send(request));
    expect(outcome).toMatchObject({ status: 'rejected', reason: { message: 'no connection' } });
    expect(exchanges[0]).toMatchObject({ status: null, error: 'no connection' });
  });

  it('of attempts at the same time do not mix', async () => {
    const http = observed(async () => answer('1'));
    const two = await Promise.all(
      ['a', 'b'].map((method) =>
        recordExchanges(async () => {
          await http.send({ ...request, method: method as 'GET' });
          await new Promise((resolve) => setTimeout(resolve, 5));
          return http.send({ ...request, method: method as 'GET' });
        }),
      ),
    );
    expect(two.map(({ exchanges }) => exchanges.map(({ method }) => method))).toEqual([
      ['a', 'a'],
      ['b', 'b'],
    ]);
  });
});
