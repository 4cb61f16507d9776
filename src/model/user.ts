import type { UserId } from './ids.ts';
import type { Role } from './rights.ts';

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
