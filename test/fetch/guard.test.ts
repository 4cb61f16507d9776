import { afterAll, describe, expect, test } from 'vitest';
import { isPublicAddress } from '../../src/fetch/address.ts';
import { createHttp } from '../../src/fetch/http.ts';
import { startServer } from './server.ts';

const answers: Record<string, string[]> = {
  'inside.example': ['10.0.0.7'],
  'mixed.example': ['93.184.216.34', '127.0.0.1'],
  'mapped.example': ['::ffff:127.0.0.1'],
  'nowhere.example': [],
};
const http = createHttp({ userAgent: 't/1', timeoutMs: 2000, resolve: async (name) => answers[name] ?? [] });
afterAll(() => http.close());

const refused = { name: 'RefusedError', code: 'refused-address' };

describe('private addresses are refused', () => {
  test.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f.0.0.1/',
    'http://017700000001/',
    'http://127.0.0.1./',
    'http://%31%32%37.0.0.1/',
    'http://１２７.0.0.1/',
    'http://0.0.0.0/',
    'http://169.254.169.254/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::a00:1]/',
    'http://[2002:a00:1::1]/',
    'http://[fe80::1]/',
    'http://[fd00::1]/',
  ])('as a literal: %s', async (url) => {
    await expect(http.send({ url })).rejects.toMatchObject(refused);
  });

  test.each([
    'inside.example',
    'mixed.example',
    'mapped.example',
  ])('as an answer of DNS: %s', async (name) => {
    await expect(http.send({ url: `http://${name}/` })).rejects.toMatchObject(refused);
  });
});

test('public addresses are not private', () => {
  for (const address of [
    '8.8.8.8',
    '2606:4700::1111',
    '[2606:4700::1111]',
    '::ffff:8.8.8.8',
    '64:ff9b::808:808',
  ]) {
    expect(isPublicAddress(address)).toBe(true);
  }
  expect(isPublicAddress('example.org')).toBe(false);
});

test('a name without address is a matter of DNS', async () => {
  await expect(http.send({ url: 'http://nowhere.example/' })).rejects.toMatchObject({
    name: 'RetryLaterError',
    code: 'dns',
  });
});

test.each([
  ['ftp://example.org/', 'refused-scheme'],
  ['http://user:pass@example.org/', 'refused-credentials'],
  ['http://example.org:25/', 'refused-port'],
  ['no address', 'bad-address'],
  ['http://127.0.0.1\n.example.org/', 'bad-address'],
])('%j is not asked: %s', async (url, code) => {
  await expect(http.send({ url })).rejects.toMatchObject({ name: 'RefusedError', code });
});

test('the connection goes to the address that was checked, and a named exception may be private', async () => {
  const server = await startServer((request, response) => response.end(request.headers.host));
  const port = new URL(server.url).port;
  let questions = 0;
  const resolve = async () => {
    questions += 1;
    return ['127.0.0.1'];
  };
  const trusting = createHttp({ userAgent: 't/1', allowPrivate: [`demo.example:${port}`], resolve });
  const answer = await trusting.send({ url: `http://demo.example:${port}/` });
  expect(new TextDecoder().decode(answer.body)).toBe(`demo.example:${port}`);
  expect(questions).toBe(1);
  await expect(trusting.send({ url: `http://other.example:${port}/` })).rejects.toMatchObject(refused);
  await trusting.close();
  await server.close();
});

test.each([
  'http://localhost/',
  'http://LOCALHOST./',
  'http://loc%61lhost/',
  'http://router/',
  'http://db.internal/',
  'http://printer.local/',
  'http://nas.home.arpa/',
  'http://metadata.google.internal/',
])('%s is a name of a private network, whatever DNS answers', async (url) => {
  const open = createHttp({ userAgent: 't/1', resolve: async () => ['93.184.216.34'] });
  await expect(open.send({ url })).rejects.toMatchObject(refused);
  await open.close();
});

test('a redirect into a private network is not followed', async () => {
  let target = '';
  const server = await startServer((_request, response) => {
    response.writeHead(302, { location: target });
    response.end();
  });
  const port = new URL(server.url).port;
  const resolve = async (name: string) => (name === 'public.example' ? ['127.0.0.1'] : ['10.0.0.7']);
  const guarded = createHttp({ userAgent: 't/1', allowPrivate: [`public.example:${port}`], resolve });
  for (target of [
    'http://169.254.169.254/latest/',
    'http://inside.example/',
    'http://[::1]/',
    `http://127.0.0.1:${port}/`,
  ])
    await expect(guarded.send({ url: `http://public.example:${port}/` })).rejects.toMatchObject(refused);
  await guarded.close();
  await server.close();
});

test('a name that answers otherwise the second time is looked up once for each connection, and judged each time', async () => {
  const answered: string[] = [];
  const resolve = async () => {
    const address = answered.length === 0 ? '203.0.114.1' : '127.0.0.1';
    answered.push(address);
    return [address];
  };
  const rebound = createHttp({ userAgent: 't/1', timeoutMs: 200, resolve });
  await rebound.send({ url: 'http://turns.example/' }).catch(() => undefined);
  await expect(rebound.send({ url: 'http://turns.example:8080/' })).rejects.toMatchObject(refused);
  expect(answered).toEqual(['203.0.114.1', '127.0.0.1']);
  await rebound.close();
});
