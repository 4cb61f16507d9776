import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type MolvaProcess, runMolva, startMolva } from '../support/molva-process.ts';
import { makeInstallation } from './sample-installation.ts';

function writeConfig(folder: string, yaml: string): string {
  const file = join(folder, 'app.yaml');
  writeFileSync(file, yaml);
  return file;
}

describe('the command line without a server', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'molva-cli-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('names file, line and column of every mistake in the configuration at once', async () => {
    const config = writeConfig(
      folder,
      'sources:\n  - key: a\n    kind: feed\n    name: A\n    url: not an address\n    evry: 5m\ntopics:\n  - { key: t, name: T, query: "ромашка AND (" }\n',
    );
    const { code, stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/app\.yaml:5:5 sources\.0\.url: is not an http\(s\) address/);
    expect(stderr).toMatch(/app\.yaml:6:5 sources\.0\.evry: there is no such setting/);
  });

  it('shows where a topic query is wrong', async () => {
    const config = writeConfig(folder, 'topics:\n  - key: t\n    name: T\n    query: "ромашка AND ("\n');
    const { code, stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/app\.yaml:4:5 topics\.0\.query: 1:\d+ /);
    expect(stderr).toContain('^');
  });

  it('names plugins that do not exist, with those that do', async () => {
    const config = writeConfig(folder, 'crm:\n  - { key: c, kind: telepathy }\n');
    const { stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(stderr).toMatch(/crm\.0\.kind: there is no kind "telepathy"; known: webhook, csv/);
  });

  it('checks the settings of a plugin against the schema in its file', async () => {
    const config = writeConfig(
      folder,
      'crm:\n  - { key: c, kind: webhook, settings: { url: "https://crm.example", secrets: [short] } }\n',
    );
    const { stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(stderr).toMatch(/crm\.0\.settings\.secrets\.0: write whsec_/);
  });

  it('refuses two CRMs that number customers alike', async () => {
    const crm = (key: string) =>
      `  - { key: ${key}, kind: espocrm, pull: {}, settings: { url: "https://${key}.example", api_key: k } }\n`;
    const config = writeConfig(folder, `crm:\n${crm('one')}${crm('two')}`);
    const { stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(stderr).toMatch(/customers are read from "one" and "two"; give each its own customer_prefix/);
  });

  it('says which environment variable is missing', async () => {
    const config = writeConfig(folder, 'smtp: { url: "${NO_SUCH_VARIABLE}", from: a@example.com }\n');
    const { stderr } = await runMolva(['--config', config, 'config', 'check']);
    expect(stderr).toMatch(/smtp\.url: the environment variable NO_SUCH_VARIABLE is not set/);
  });

  it('prints what is in force without secrets, the environment before the file', async () => {
    writeFileSync(join(folder, 'secret'), 'smtp://user:hunter2@mail.example:587\n');
    const config = writeConfig(
      folder,
      `web: { port: 1 }\nsmtp: { url: "\${file:${join(folder, 'secret')}}", from: a@example.com }\nsearch: { master_key: topsecret }\n`,
    );
    const { code, stdout } = await runMolva(['--config', config, '--json', 'config', 'print'], {
      MOLVA__WEB__PORT: '1234',
    });
    expect(code).toBe(0);
    const printed = JSON.parse(stdout) as { web: { port: number }; smtp: { url: string } };
    expect(printed.web.port).toBe(1234);
    expect(printed.smtp.url).toBe('smtp://user:[redacted]@mail.example:587');
    expect(stdout).not.toMatch(/hunter2|topsecret/);
  });

  it('ends with 2 when it is used wrongly', async () => {
    expect((await runMolva(['no-such-command'])).code).toBe(2);
    expect((await runMolva(['crawl', 'run'])).code).toBe(2);
  });

  it('says what to do when the port is taken', async () => {
    const other: Server = createServer();
    await new Promise<void>((done) => other.listen(0, '127.0.0.1', done));
    const { port } = other.address() as AddressInfo;
    const config = writeConfig(folder, `web: { port: ${port} }\nsearch: { mode: "off" }\n`);
    const { code, stderr } = await runMolva(['--config', config, '--data', join(folder, 'port'), 'start']);
    other.close();
    expect(code).toBe(1);
    expect(stderr).toContain(`Port ${port} on 127.0.0.1 is in use by another program`);
  });

  it('does not start a demo in a folder that holds something else', async () => {
    const used = join(folder, 'used');
    mkdirSync(used);
    writeFileSync(join(used, 'thesis.txt'), 'years of work');
    const { code, stderr } = await runMolva(['--data', used, 'demo', '--once']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/is not empty and not from a demo/);
    expect(readFileSync(join(used, 'thesis.txt'), 'utf8')).toBe('years of work');
  });
});

describe('the command line beside a running server', () => {
  let place: Awaited<ReturnType<typeof makeInstallation>>;
  let server: MolvaProcess;
  const run = (...args: string[]) => runMolva(['--config', place.config, ...args]);
  beforeAll(async () => {
    place = await makeInstallation();
    server = startMolva(['--config', place.config, 'start']);
    await server.saw(/Molva .* is at/);
  });
  afterAll(async () => {
    server.child.kill('SIGTERM');
    expect(await server.ended).toBe(0);
    await place.close();
  });

  it('refuses a second server on the same folder and names the first', async () => {
    const { code, stderr } = await run('start');
    expect(code).toBe(1);
    expect(stderr).toMatch(new RegExp(`in use by process ${server.child.pid}`));
  });

  it('saves rules from a file, tries them, applies them to the past and takes that back', async () => {
    const file = join(place.folder, 'rules.yaml');
    writeFileSync(
      file,
      'key: bad\nname: Bad\ncondition: tone:negative\nactions: { tags: [bad], priority: high }\n',
    );
    const lines = async (...args: string[]) => {
      const { stdout } = await run('--json', ...args);
      return stdout
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };
    const negative = async () => (await lines('rules', 'dry-run', file))[0].matched as number;
    await expect.poll(negative, { timeout: 60_000, interval: 500 }).toBeGreaterThan(0);
    expect(await lines('rules', 'save', file)).toEqual([{ changed: ['bad'], same: 0 }]);
    expect(await lines('rules', 'save', file)).toEqual([{ changed: [], same: 1 }]);
    expect((await run('rules', 'show', 'bad')).stdout).toContain('condition: tone:negative');
    const [{ run: id }] = await lines('rules', 'apply', 'bad');
    const state = async () => (await lines('rules', 'runs'))[0];
    await expect
      .poll(state, { timeout: 60_000, interval: 500 })
      .toMatchObject({ state: 'done', ruleKey: 'bad' });
    expect((await state()).changed).toBeGreaterThan(0);
    expect((await run('rules', 'undo', String(id))).code).toBe(0);
    await expect.poll(state, { timeout: 60_000, interval: 500 }).toMatchObject({ state: 'undone', kept: 0 });
    expect((await run('rules', 'delete', 'bad')).code).toBe(0);
    // Those that every installation is given stay.
    expect((await lines('rules', 'list')).map(({ key }) => key)).toEqual([
      'basket-spam',
      'basket-adverts',
      'basket-vacancies',
      'basket-giveaways',
    ]);
    const { code, stderr } = await run('rules', 'apply', 'bad');
    expect(code).toBe(1);
    expect(stderr).toContain('there is no such rule');
  });

  it('carries commands out in the server', async () => {
    const { code, stdout } = await run('--json', 'crawl', 'run', 'kuhnya');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ source: 'kuhnya', error: null });
  });

  it('says what a source that cannot be read suffers from', async () => {
    const { code, stdout } = await run('crawl', 'run', 'missing');
    expect(code).toBe(1);
    expect(stdout).toMatch(/404/);
  });

  it('finds posts by any form of a word', async () => {
    await expect
      .poll(async () => (await run('--json', 'search', 'ромашкой')).stdout, { timeout: 30_000 })
      .toContain('Ромашк');
  });

  it('keeps the good lines of a customers file and names the bad ones', async () => {
    const file = join(place.folder, 'more.csv');
    writeFileSync(
      file,
      'external_id,name,emails,tier\nN-1,Новый Клиент,new@example.com,MVC\nN-2,,x@example.com,MVC\nN-3,Третий,,VIP\n',
    );
    const { code, stdout, stderr } = await run('--json', 'import', 'customers', file);
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ created: 1, updated: 0 });
    expect(stderr).toMatch(/more\.csv:3: name: is missing/);
    expect(stderr).toMatch(/more\.csv:4: tier: is none of MVC, MGC, BZC/);
    expect((await run('--json', 'import', 'customers', file)).stdout).toContain('"updated":1');
  });

  it('takes topics with their examples from files, tests them, and tries queries on what is stored', async () => {
    const folder = join(place.folder, 'topics');
    mkdirSync(folder);
    const file = join(folder, 'chay.yaml');
    const topic = (query: string) =>
      writeFileSync(file, `key: chay\nname: Чай\nquery: ${query}\nmust_match:\n  - text: Купили чаю\n`);
    topic('чай AND (');
    const refused = await run('topics', 'import', folder);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringMatching(/chay\.yaml:3:16: /)]);
    topic('кофе');
    expect((await run('topics', 'import', folder)).stderr).toMatch(/chay\.yaml:5:5: .*missing: кофе/);
    const anyway = await run('topics', 'import', folder, '--anyway');
    expect([anyway.code, anyway.stdout]).toEqual([0, expect.stringMatching(/chay: new topic/)]);
    const failed = await run('topics', 'test', 'chay');
    expect([failed.code, failed.stdout]).toEqual([
      1,
      expect.stringMatching(/1 of 1 examples fail[\s\S]*missing: кофе/),
    ]);
    topic('чай');
    expect((await run('topics', 'import', folder)).stdout).toMatch(/- кофе\n {2}\+ чай/);
    expect((await run('topics', 'test')).code).toBe(0);
    const history = await run('--json', 'topics', 'history', 'chay');
    expect(
      history.stdout
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { savedBy: string }).savedBy),
    ).toEqual(['cli', 'cli']);
    expect((await run('topics', 'rollback', 'chay', '1')).code).toBe(1);
    const backtest = await run('--json', 'topics', 'backtest', 'ромашка', '--against', 'chay');
    expect(JSON.parse(backtest.stdout)).toMatchObject({
      ended: 'all',
      against: { gained: expect.any(Number) },
    });
    expect((JSON.parse(backtest.stdout) as { matched: number }).matched).toBeGreaterThan(0);
    expect((await run('topics', 'export', folder)).code).toBe(0);
    expect(readFileSync(file, 'utf8')).toContain('query: чай');
    // Ten programs, one after another.
  }, 200_000);

  it('tests a CRM endpoint and shows its answer', async () => {
    const { code, stdout } = await run('webhook', 'test', 'crm');
    expect(stdout).toMatch(/HTTP 2\d\d/);
    expect(code).toBe(0);
  });

  it('shows a digest without sending it', async () => {
    const { code, stdout } = await run('digest', 'send', 'pr@romashka.example', '--dry-run');
    expect(code).toBe(0);
    expect(stdout).toMatch(/Ромашка/);
    expect(place.mailbox.messages).toHaveLength(0);
  });

  it('rebuilds the index while search goes on', async () => {
    const { code, stdout } = await run('--json', 'reindex');
    expect(code).toBe(0);
    expect((JSON.parse(stdout) as { documents: number }).documents).toBeGreaterThan(0);
  });

  it('writes a backup that a new folder can be made from, and refuses to restore into itself', async () => {
    const file = join(place.folder, 'all.jsonl.gz');
    expect((await run('backup', file)).code).toBe(0);
    const refused = await run('restore', file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/stop the server first/);
    const folder = join(place.folder, 'restored');
    const keyless = await run('--data', folder, '--json', 'restore', file);
    expect([keyless.code, keyless.stderr]).toEqual([
      1,
      expect.stringMatching(/put the vault\.key of that installation/),
    ]);
    cpSync(join(place.folder, 'keys'), join(folder, 'keys'), { recursive: true });
    const restored = await run('--data', folder, '--json', 'restore', file);
    expect(restored.stderr).toBe('');
    expect((JSON.parse(restored.stdout) as { rows: number }).rows).toBeGreaterThan(25);
  });

  it('lets doctor look at everything', async () => {
    const { code, stdout } = await run('doctor');
    expect(stdout).toMatch(/✓ config/);
    expect(stdout).toMatch(/store: embedded, in use by the server/);
    expect(code).toBe(0);
  });
});
