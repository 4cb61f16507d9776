import { type Right, roleHas } from '../../src/model/rights.ts';
import type { User } from '../../src/model/user.ts';
import { findUser } from '../../src/store/users.ts';
import type { DashboardDeps } from '../deps.ts';
import { type Call, refuse } from './operation.ts';

/** Whose is what a token makes for people: of whoever made the token, as long as he may do it himself. @throws ApiRefusal */
export async function ownerOf(
  { db }: Pick<DashboardDeps, 'db'>,
  { madeBy }: Pick<Call, 'madeBy'>,
  right: Right,
): Promise<User> {
  const user = madeBy === null ? null : await findUser(db, madeBy);
  if (user && user.disabledAt === null && roleHas(user.role, right)) return user;
  return refuse({
    status: 409,
    code: 'no-owner',
    title: 'What this token makes would be nobody’s',
    detail:
      'It belongs to whoever made the token: a user who may log in, and do this too. Make a token on the page API tokens.',
  });
}
