import request, { type Test } from 'supertest';
import { beforeAll, beforeEach } from 'vitest';
import { createDashboard } from '../../../dashboards/server.ts';
import { API_SCOPES, type ApiScope, addApiToken } from '../../../src/store/api-tokens.ts';
import { truncate } from '../../support/store.ts';
import { NOW, openDashboard, type TestDashboard } from '../dashboard.ts';
import { type Story, seedStory } from '../seed.ts';

export interface Api {
  dashboard: TestDashboard;
  story: Story;
  /** Of `all`, which may everything. */
  token: string;
  tokenFor(name: string, scopes: readonly ApiScope[]): Promise<string>;
  /** `by`: the token; that of `all` unless said otherwise. */
  ask(method: 'get' | 'post' | 'put' | 'patch' | 'delete', path: string, by?: string): Test;
}

/** A store with one story, and a program that asks, anew for each test of the file that calls this. `words`: what stands in the story's fields. */
export function useApi(words: (field: string) => string = (field) => `some ${field}`): Api {
  const api = {} as Api;
  let app: TestDashboard['app'];
  beforeAll(async () => {
    api.dashboard = await openDashboard();
    api.tokenFor = async (name, scopes) => (await addApiToken(api.dashboard.db, name, scopes, NOW))!;
    api.ask = (method, path, by = api.token) =>
      request(app)[method](`/api/v1${path}`).set('authorization', `Bearer ${by}`);
  });
  beforeEach(async () => {
    await truncate(api.dashboard.db);
    api.story = await seedStory(api.dashboard.db, 'plain', words);
    // Limits count per application.
    app = createDashboard(api.dashboard.deps);
    api.token = await api.tokenFor('all', API_SCOPES);
  });
  return api;
}
