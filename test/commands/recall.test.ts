import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommand } from '../../src/app/control.ts';
import type { CommandDeps } from '../../src/commands/command.ts';
import { commands } from '../../src/commands/recall.ts';
import { plantCanaryDocument } from '../../src/jobs/canary-documents.ts';
import type { Database } from '../../src/store/db.ts';
import { articlePage, openWorld, POST, type World, watch } from '../jobs/recall/recall-world.ts';
import { addTopic } from '../support/rows.ts';
import { openTestPglite } from '../support/store.ts';

let db: Database;
let world: World;
beforeAll(async () => {
  db = await openTestPglite();
  world = await openWorld(db);
  await addTopic(db, 'romashka', 'ромашка');
  world.pages['/p'] = articlePage(POST);
});
afterAll(async () => {
  await world.close();
  await db.close();
});

async function run(name: string, positional: string[] = [], options: Record<string, unknown> = {}) {
  const command = commands.find((one) => one.name === `recall ${name}`)!;
  const rows: unknown[] = [];
  const lines: string[] = [];
  const out = {
    data: (value: unknown, text: string) => {
      rows.push(JSON.parse(JSON.stringify(value)));
      lines.push(text);
    },
    message: (text: string) => void lines.push(text),
  };
  const deps = { jobs: world.deps } as unknown as CommandDeps;
  const code = await runCommand(command, deps, command.read(positional, options), out);
  return { code, rows, text: lines.join('\n') };
}

describe('molva recall', () => {
  it('traces without noting, and names the next command', async () => {
    const { code, rows, text } = await run('trace', [`${world.site.url}/p`], { topic: 'romashka' });
    expect(code).toBe(0);
    expect(rows).toMatchObject([
      { cause: 'no-source', steps: [{ stage: 'source', result: 'failed' }, {}, {}, {}, {}, {}] },
    ]);
    expect(text).toContain('✗ source: No source watches');
    expect(text).toContain(`next: molva source discover ${world.site.url}/p`);
    expect((await run('list')).rows).toEqual([]);
  });

  it('reports into the ledger, lists it and shows it', async () => {
    const { rows } = await run('report', [], { text: 'Василёк опять не привёз чайник', topic: 'romashka' });
    expect(rows).toMatchObject([{ id: 1, cause: 'query-too-narrow' }]);
    const list = await run('list', [], { state: 'open', cause: 'query-too-narrow' });
    expect(list.rows).toMatchObject([{ id: 1, reportedBy: 'cli', topicKey: 'romashka' }]);
    expect((await run('list', [], { state: 'fixed' })).text).toContain('Nothing here');
    const shown = await run('show', ['1']);
    expect(shown.text).toContain('missing: ромашка');
    expect(shown.code).toBe(0);
  });

  it('says how much is collected, and which planted posts are waited for', async () => {
    await watch(db, `${world.site.url}/`);
    const planted = { source: 'forum', address: `${world.site.url}/x`, words: '', withinHours: 5 };
    await plantCanaryDocument(world.deps, planted, 'cli');
    const { code, rows, text } = await run('coverage');
    expect(code).toBe(0);
    expect(rows).toMatchObject([{ canary: { source: 'forum', foundAt: null } }]);
    expect(text).toContain('0 sites with two ways of collection');
  });

  it.each([
    ['trace', ['javascript:alert(1)'], {}, 1, /only http and https/],
    ['trace', [], {}, 1, /address of the post, or its words/],
    ['report', ['https://tea.example/'], { topic: 'nothing' }, 1, /no topic "nothing"/],
    ['show', ['77'], {}, 1, /no entry 77/],
    ['show', ['x'], {}, 2, /id/],
    ['list', [], { cause: 'bad luck' }, 2, /cause/],
  ])('%s %j %j ends with its code and says why', async (name, positional, options, code, words) => {
    const answer = await run(name, positional, options);
    expect(answer.code).toBe(code);
    expect(answer.text).toMatch(words);
  });
});
