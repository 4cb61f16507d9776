import type { RegisteredCommand } from './command.ts';

interface Noun {
  /** First word of its commands. */
  name: string;
  summary: string;
  load(): Promise<{ commands: readonly RegisteredCommand[] }>;
}

function noun(name: string, summary: string, load: Noun['load']): Noun {
  return { name, summary, load };
}

/**
 * Commands that work on the store; the file of a noun is read when somebody says the word, so that a command starts without
 * the others. `start`, `demo`, `doctor` and `config` stand in `src/app`: they work before there is a store.
 */
export const nouns: readonly Noun[] = [
  noun('crawl', 'visit a source now, see when each was read', () => import('./crawl.ts')),
  noun('source', 'find, try, add, remove and list what is watched', () => import('./source.ts')),
  noun('search', 'search what was found', () => import('./search.ts')),
  noun('reindex', 'build the search index anew', () => import('./search.ts')),
  noun('topics', 'what is listened for: check, test, back-test, export', () => import('./topics.ts')),
  noun('stories', 'texts that several documents carry', () => import('./stories.ts')),
  noun('talk', 'what people say about a topic, and what of it is new', () => import('./talk.ts')),
  noun('recall', 'what was missed, why, and how much is collected', () => import('./recall.ts')),
  noun('alerts', 'what people are woken by: rehearse, save, take', () => import('./alerts.ts')),
  noun('rules', 'what is done with mentions by itself', () => import('./rules.ts')),
  noun(
    'corrections',
    'what people said of tags: export it, hold the taggers against it',
    () => import('./corrections.ts'),
  ),
  noun('scorecard', 'how well the taggers do, by what people labelled', () => import('./scorecard.ts')),
  noun('model', 'learn from corrections, compare, switch, and go back', () => import('./model.ts')),
  noun(
    'links',
    'who is who: learn from decisions how far signs are trusted, go back',
    () => import('./links.ts'),
  ),
  noun('evidence', 'what complaints said, when: list, verify, export, hold', () => import('./evidence.ts')),
  noun('retag', 'make tags of an older version again', () => import('./retag.ts')),
  noun('import', 'take in customers', () => import('./import.ts')),
  noun('customer', 'export or erase a customer, work out what all are worth', async () => ({
    commands: [...(await import('./person.ts')).commands, ...(await import('./customer-score.ts')).commands],
  })),
  noun('author', 'erase an author', () => import('./person.ts')),
  noun('token', 'programs that may speak to the API', () => import('./token.ts')),
  noun('digest', 'send or show a digest', () => import('./digest.ts')),
  noun('crm', 'the connected CRMs: check, discover, preview, pull, resume', () => import('./crm.ts')),
  noun('webhook', 'deliveries to the CRM: test, list, send again', () => import('./webhook.ts')),
  noun('users', 'who may log in, and a way back in', () => import('./users.ts')),
  noun('backup', 'write everything into one file', () => import('./backup.ts')),
  noun('restore', 'put a backup into an empty folder or database', () => import('./backup.ts')),
];

function firstWord(command: string): string {
  return command.split(' ')[0] ?? '';
}

export async function commandsOf({ name, load }: Noun): Promise<RegisteredCommand[]> {
  const { commands } = await load();
  return commands.filter((command) => firstWord(command.name) === name);
}

export async function findCommand(name: string): Promise<RegisteredCommand | undefined> {
  const found = nouns.find((one) => one.name === firstWord(name));
  return found && (await commandsOf(found)).find((command) => command.name === name);
}
