import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Erased } from '../jobs/privacy/erase.ts';
import { InputError } from '../lib/errors.ts';
import type { AuthorId, CustomerId } from '../model/ids.ts';
import { addAudit } from '../store/audit.ts';
import { findAuthorByAccount } from '../store/authors.ts';
import { findCustomerByExternalId } from '../store/merges.ts';
import { removeSuppressions } from '../store/suppressions.ts';
import { type Command, type CommandDeps, register } from './command.ts';

const ACTOR = 'cli';

async function customerOf({ jobs }: CommandDeps, externalId: string): Promise<CustomerId> {
  const id = await findCustomerByExternalId(jobs.db, externalId);
  if (id === null)
    throw new InputError([
      {
        at: externalId,
        message: 'no customer has this number in the CRM; the list of customers shows the numbers',
      },
    ]);
  return id;
}

async function authorOf({ jobs }: CommandDeps, account: string): Promise<AuthorId> {
  const slash = account.lastIndexOf('/');
  const [site, handle] = [account.slice(0, slash), account.slice(slash + 1)];
  const id = slash > 0 ? await findAuthorByAccount(jobs.db, site, handle) : null;
  if (id === null)
    throw new InputError([{ at: account, message: 'no author has this account; write it as site/handle' }]);
  return id;
}

/** What a legal hold keeps, and why. */
function keptWords({ kept }: Erased): string {
  if (kept.cases === 0) return '';
  return ` Kept under a legal hold (GDPR, Article 17 (3)(e)): ${kept.cases} cases with ${kept.documents} posts, their evidence, and the number and name of the customer. They erase themselves when the hold is released: molva evidence release CASE.`;
}

function words(erased: Erased): string {
  const { entries, accounts, documents, cases, deliveries, digests, evidence } = erased;
  return (
    `Erased: ${entries} entries, ${accounts} accounts, ${documents} posts, ${cases} cases; emptied: ${deliveries} deliveries, ${digests} digests, ${evidence} records of evidence. ` +
    'The search index forgets within a minute. Backups made before still hold the person: a restore erases again by the list in the folder keys.' +
    keptWords(erased)
  );
}

const exportPerson: Command<{ number: string; out?: string | undefined }> = {
  name: 'customer export',
  arguments: '<number>',
  summary: 'all that is held of a customer, as JSON, for the customer to read',
  example: 'molva customer export C-1001 --out c-1001.json',
  options: [['--out <file>', 'a file for its owner only, instead of standard output']],
  args: z.object({ number: z.string(), out: z.string().optional() }),
  read: ([number], { out }) => ({
    number: String(number),
    ...(typeof out === 'string' ? { out: resolve(out) } : {}),
  }),
  run: async (context, { number, out: file }, out) => {
    const customer = await customerOf(context, number);
    const { exportCustomer } = await import('../jobs/privacy/export.ts');
    const data = await exportCustomer(context.jobs, { customer, actor: ACTOR });
    const text = JSON.stringify(data, null, 2);
    if (file === undefined) out.data(data, text);
    else {
      await writeFile(file, `${text}\n`, { mode: 0o600 });
      out.data({ file }, `Written to ${file}.`);
    }
    return 0;
  },
};

const eraseOne: Command<{ number: string; keepPosts: boolean }> = {
  name: 'customer erase',
  arguments: '<number>',
  summary: 'erase a customer, with what his linked accounts wrote, for good',
  example: 'molva customer erase C-1001',
  options: [['--keep-posts', 'leave what he wrote in public, without the link to him']],
  args: z.object({ number: z.string(), keepPosts: z.boolean() }),
  read: ([number], { keepPosts }) => ({ number: String(number), keepPosts: keepPosts === true }),
  run: async (context, { number, keepPosts }, out) => {
    const customer = await customerOf(context, number);
    const { eraseCustomer } = await import('../jobs/privacy/erase.ts');
    const erased = await eraseCustomer(context.jobs, { customer, actor: ACTOR, keepAccounts: keepPosts });
    if (!erased)
      throw new InputError([
        { at: number, message: 'is joined to another entry; erase that one, or part them' },
      ]);
    out.data(erased, words(erased));
    return 0;
  },
};

const eraseAccount: Command<{ account: string }> = {
  name: 'author erase',
  arguments: '<account>',
  summary: 'erase an author with all that he wrote, for good, and collect nothing of him again',
  example: 'molva author erase forum.example/pelmen-84',
  args: z.object({ account: z.string() }),
  read: ([account]) => ({ account: String(account) }),
  run: async (context, { account }, out) => {
    const author = await authorOf(context, account);
    const { eraseAuthor } = await import('../jobs/privacy/erase.ts');
    const erased = await eraseAuthor(context.jobs, { author, actor: ACTOR });
    if (!erased) throw new InputError([{ at: account, message: 'was erased meanwhile' }]);
    out.data(erased, words(erased));
    return 0;
  },
};

const readmit: Command<{ values: string[] }> = {
  name: 'customer readmit',
  arguments: '<values...>',
  summary: 'let somebody who was erased be collected again: his number, e-mails, phones, accounts',
  example: 'molva customer readmit C-1001 anna@example.ru forum.example/anna',
  args: z.object({ values: z.array(z.string()).min(1) }),
  read: ([values]) => ({ values }),
  run: async ({ jobs }, { values }, out) => {
    const { suppressionsOf } = await import('../jobs/privacy/suppress.ts');
    const suppressions = values.flatMap((value) => suppressionsOf(jobs.vault, value));
    const hashes = suppressions.map(({ hash }) => hash);
    await jobs.erasures.note({ at: jobs.clock.now(), suppressions, isLifted: true });
    const removed = await jobs.db.transaction(async (tx) => {
      const count = await removeSuppressions(tx, hashes);
      const detail = { values: values.length, removed: count };
      await addAudit(tx, {
        at: jobs.clock.now(),
        actor: ACTOR,
        action: 'person.readmitted',
        subject: 'suppressions',
        detail,
      });
      return count;
    });
    out.data({ removed }, `${removed} of these kept somebody out, and do so no more.`);
    return removed > 0 ? 0 : 1;
  },
};

export const commands = [
  register(exportPerson),
  register(eraseOne),
  register(eraseAccount),
  register(readmit),
];
