import { z } from 'zod';
import { InputError } from '../lib/errors.ts';
import {
  API_SCOPES,
  type ApiToken,
  addApiToken,
  listApiTokens,
  revokeApiToken,
  TOKEN_NAME,
} from '../store/api-tokens.ts';
import { addAudit } from '../store/audit.ts';
import { type Command, register } from './command.ts';

const nameSchema = z.string().trim().regex(TOKEN_NAME, 'has 1 to 60 letters, digits, dots, hyphens');

const mistake = (message: string): InputError => new InputError([{ at: 'name', message }]);

const DAY_MS = 86_400_000;

const add: Command<{ name: string; scopes: (typeof API_SCOPES)[number][]; days: number | null }> = {
  name: 'token add',
  options: [
    ['--name <name>', 'whose it is: crm'],
    ['--scope <scopes>', `what it may, parted by commas: ${API_SCOPES.join(', ')}`],
    ['--days <days>', 'for how many days it is good; without: until it is revoked'],
  ],
  summary: 'make a token with which another program may speak to the API; it is shown once',
  example: 'molva token add --name crm --scope customers:write',
  args: z.object({
    name: nameSchema,
    scopes: z.array(z.enum(API_SCOPES, { error: `is none of ${API_SCOPES.join(', ')}` })).min(1),
    days: z.coerce.number().int().min(1).max(3660).nullable().default(null),
  }),
  read: (_, { name, scope, days }) => ({
    name,
    days: days ?? null,
    scopes: String(scope ?? '')
      .split(',')
      .map((one) => one.trim()),
  }),
  run: async ({ jobs }, { name, scopes, days }, out) => {
    const now = jobs.clock.now();
    const expiresAt = days === null ? null : new Date(now.getTime() + days * DAY_MS);
    const token = await addApiToken(jobs.db, name, scopes, now, { expiresAt, madeBy: 'cli' });
    if (token === null) throw mistake(`there is a token ${name}; revoke it first, or choose another name`);
    await addAudit(jobs.db, {
      at: now,
      actor: 'cli',
      action: 'token.added',
      subject: `token:${name}`,
      detail: { scopes, ...(expiresAt && { until: expiresAt.toISOString() }) },
    });
    out.message('Keep it safe: it is not shown again.');
    out.data({ name, scopes, token }, token);
    return 0;
  },
};

const dateOf = (at: Date | null): string => at?.toISOString().slice(0, 16).replace('T', ' ') ?? 'never';

const lineOf = ({ name, scopes, createdAt, lastUsedAt, revokedAt, expiresAt }: ApiToken): string =>
  `${name}\t${scopes.join(',')}\tmade ${dateOf(createdAt)}\tused ${dateOf(lastUsedAt)}${expiresAt ? `\tends ${dateOf(expiresAt)}` : ''}${revokedAt ? `\trevoked ${dateOf(revokedAt)}` : ''}`;

const list: Command<object> = {
  name: 'token list',
  summary: 'list tokens: whose they are, what they may, when they were used last',
  example: 'molva token list',
  args: z.object({}),
  read: () => ({}),
  run: async ({ jobs }, _args, out) => {
    for (const token of await listApiTokens(jobs.db)) out.data(token, lineOf(token));
    return 0;
  },
};

const revoke: Command<{ name: string }> = {
  name: 'token revoke',
  arguments: '<name>',
  summary: 'end a token: requests with it are refused from now on',
  example: 'molva token revoke crm',
  args: z.object({ name: nameSchema }),
  read: ([name]) => ({ name }),
  run: async ({ jobs }, { name }, out) => {
    const now = jobs.clock.now();
    if (!(await revokeApiToken(jobs.db, name, now)))
      throw mistake(`there is no token ${name} that is good; \`molva token list\` shows which there are`);
    await addAudit(jobs.db, { at: now, actor: 'cli', action: 'token.revoked', subject: `token:${name}` });
    out.data({ name }, `${name} is revoked`);
    return 0;
  },
};

export const commands = [register(add), register(list), register(revoke)];
