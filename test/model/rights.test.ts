import { describe, expect, it } from 'vitest';
import { RIGHTS, type Right, ROLE_RIGHTS, ROLES, roleHas } from '../../src/model/rights.ts';

/** The right at the left is of no use, or shows what it should not, without the one at the right. */
const NEEDS: readonly [Right, Right][] = [
  ['customers:unmask', 'customers:read'],
  ['customers:work', 'customers:unmask'],
  ['customers:bulk', 'customers:unmask'],
  ['customers:erase', 'customers:work'],
  ['cases:work', 'customers:unmask'],
  ['cases:work', 'cases:read'],
  ['deliveries:work', 'customers:unmask'],
  ['evidence:release', 'cases:work'],
  ['users:edit', 'audit:read'],
];

describe.each(ROLES)('the role %s', (role) => {
  it('reads, and has its own account', () => {
    for (const right of ['account:own', 'mentions:read', 'cases:read', 'customers:read'] as const)
      expect(roleHas(role, right)).toBe(true);
  });

  it.each(NEEDS)('has %s only together with %s', (right, needed) => {
    if (roleHas(role, right)) expect(roleHas(role, needed)).toBe(true);
  });

  it('has each right once', () => {
    expect(new Set(ROLE_RIGHTS[role]).size).toBe(ROLE_RIGHTS[role].length);
  });
});

it('lets nobody but administrators let people in and change settings', () => {
  for (const right of ['users:edit', 'settings:edit', 'customers:erase'] as const)
    expect(ROLES.filter((role) => roleHas(role, right))).toEqual(['admin']);
});

it('gives administrators every right', () => {
  expect(RIGHTS.filter((right) => !roleHas('admin', right))).toEqual([]);
});

it('is no ladder: neither of analyst and customer care may all that the other may', () => {
  expect(roleHas('analyst', 'topics:edit') && !roleHas('care', 'topics:edit')).toBe(true);
  expect(roleHas('care', 'customers:unmask') && !roleHas('analyst', 'customers:unmask')).toBe(true);
});

it('lets auditors read the audit and change nothing but their own account', () => {
  const changing = ROLE_RIGHTS.auditor.filter((right) => !right.endsWith(':read'));
  expect(changing).toEqual(['account:own']);
});
