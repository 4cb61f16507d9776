/** What one may do here; what it means in words stands in dashboards/people/texts.ts. */
export const RIGHTS = [
  'account:own',
  'mentions:read',
  'mentions:work',
  'cases:read',
  'cases:work',
  'customers:read',
  'customers:unmask',
  'customers:work',
  'customers:bulk',
  'customers:erase',
  'evidence:release',
  'topics:edit',
  'sources:edit',
  'rules:edit',
  'reports:make',
  'digests:own',
  'deliveries:work',
  'settings:edit',
  'users:edit',
  'audit:read',
] as const;
export type Right = (typeof RIGHTS)[number];

/** Not a ladder: an analyst changes topics and sees no contacts, customer care sees contacts and changes no topics. */
export const ROLES = ['viewer', 'pr', 'analyst', 'care', 'admin', 'auditor'] as const;
export type Role = (typeof ROLES)[number];

const READING = ['account:own', 'mentions:read', 'cases:read', 'customers:read'] as const;

/** Who may do what. A right that is missing here is nobody's: the pages of others are not guessed from it. */
export const ROLE_RIGHTS: Readonly<Record<Role, readonly Right[]>> = {
  viewer: READING,
  pr: [
    ...READING,
    'mentions:work',
    'cases:work',
    'customers:unmask',
    'customers:work',
    'customers:bulk',
    'topics:edit',
    'sources:edit',
    'rules:edit',
    'reports:make',
    'digests:own',
    'deliveries:work',
  ],
  analyst: [...READING, 'mentions:work', 'topics:edit', 'sources:edit', 'reports:make', 'digests:own'],
  care: [...READING, 'mentions:work', 'cases:work', 'customers:unmask', 'customers:work', 'digests:own'],
  admin: RIGHTS,
  auditor: [...READING, 'audit:read'],
};

export function roleHas(role: Role, right: Right): boolean {
  return ROLE_RIGHTS[role].includes(right);
}
