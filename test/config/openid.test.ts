import { describe, expect, it } from 'vitest';
import { configSchema } from '../../config/schema.ts';

const openid = { issuer: 'https://id.example.com/staff', client_id: 'molva', client_secret: 's', name: 'ID' };

const mistakes = (change: Record<string, unknown>): string[] =>
  (configSchema.safeParse({ openid: { ...openid, ...change } }).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')}: ${message}`,
  );

describe('openid', () => {
  it('needs an address, a client and a name', () => {
    expect(mistakes({})).toEqual([]);
    expect(mistakes({ client_secret: '' })).toHaveLength(1);
  });

  it.each([
    'http://id.example.com',
    'http://127.0.0.1.example.com',
    'http://localhost.example.com',
    'ftp://id',
  ])('refuses %s: whoever sits between could log in as anybody', (issuer) =>
    expect(mistakes({ issuer })).not.toEqual([]));

  it('takes http of this machine, for trying it', () => {
    expect(mistakes({ issuer: 'http://127.0.0.1:8080/realms/x' })).toEqual([]);
    expect(mistakes({ issuer: 'http://localhost:8080' })).toEqual([]);
  });

  it('makes users only of people of named domains, and never administrators', () => {
    expect(mistakes({ new_users: 'viewer' })[0]).toMatch(/^openid\.domains: name the domains/);
    expect(mistakes({ new_users: 'viewer', domains: ['example.com'] })).toEqual([]);
    expect(mistakes({ new_users: 'admin', domains: ['example.com'] })).toHaveLength(1);
  });
});
