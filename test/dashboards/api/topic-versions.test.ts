import { beforeEach, expect, it } from 'vitest';
import { useApi } from './use-api.ts';

const api = useApi();
const TEA = '/topics/tea';
const OLD = { key: 'tea', name: 'Tea', query: 'tea' };
const NEW = { name: 'Tea', query: 'tea NOT cup' };

beforeEach(async () => {
  await api.ask('post', '/topics').send(OLD);
  await api.ask('put', TEA).send(NEW);
});

const queries = async (): Promise<[number, string, number | null][]> =>
  (await api.ask('get', `${TEA}/versions`)).body.data.map(
    (one: { version: number; query: string; restored: number | null }) => [
      one.version,
      one.query,
      one.restored,
    ],
  );

it('brings a version back as a new one, and says who did', async () => {
  const restored = await api.ask('post', `${TEA}/versions/1/restore`).send({});
  expect(restored.status).toBe(200);
  expect(restored.body.data[0]).toMatchObject({
    version: 3,
    query: 'tea',
    restored: 1,
    saved_by: 'api:all',
  });
  expect(await queries()).toEqual([
    [3, 'tea', 1],
    [2, 'tea NOT cup', null],
    [1, 'tea', null],
  ]);
});

it('brings back none that is not there', async () => {
  const { status, body } = await api.ask('post', `${TEA}/versions/9/restore`).send({});
  expect([status, body.type]).toEqual([422, expect.stringMatching(/not-restored$/)]);
});

it('does not bring back what an example would fail at, unless it is said', async () => {
  const example = { must_match: false, text: 'A cup of tea' };
  const added = await api.ask('post', `${TEA}/examples`).send(example);
  expect(added.status).toBe(201);
  const refused = await api.ask('post', `${TEA}/versions/1/restore`).send({});
  expect([refused.status, refused.body.type]).toEqual([409, expect.stringMatching(/examples-fail$/)]);
  expect((await queries()).length).toBe(2);
  const forced = await api.ask('post', `${TEA}/versions/1/restore`).send({ even_if_examples_fail: true });
  expect(forced.status).toBe(200);

  const gone = await api.ask('delete', `${TEA}/examples/${added.body.id}`);
  expect(gone.body.data).toEqual([]);
  expect((await api.ask('delete', `${TEA}/examples/${added.body.id}`)).status).toBe(404);
});

it('takes no example of a text that is too long, or of another topic', async () => {
  const long = await api.ask('post', `${TEA}/examples`).send({ must_match: true, text: 'a'.repeat(100_001) });
  expect(long.status).toBe(422);
  expect((await api.ask('get', '/topics/none/examples')).status).toBe(404);
});
