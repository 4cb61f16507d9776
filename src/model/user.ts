import type { UserId } from './ids.ts';

/** Each role may do what the ones before it may. */
export const ROLES = ['viewer', 'pr', 'admin'] as const;
export type Role = (typeof ROLES)[number];

export const LANGUAGES = ['ru', 'en'] as const;
/** Language of the interface and of mails. */
export type Language = (typeof LANGUAGES)[number];

export interface User {
  id: UserId;
  email: string;
  name: string;
  role: Role;
  language: Language;
  /** IANA zone. */
  zone: string;
}
