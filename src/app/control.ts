import { createHash } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { CommandDeps, ExitCode, Output, RegisteredCommand } from '../commands/command.ts';
import { findCommand } from '../commands/registry.ts';
import { ConfigError, errorMessage } from '../lib/errors.ts';

/** What goes over the socket, one JSON object a line. */
type Line =
  | { type: 'data'; value: unknown; text: string }
  | { type: 'message'; text: string }
  | { type: 'exit'; code: ExitCode };

const MAX_REQUEST = 1_000_000;
const requestSchema = z.object({ command: z.string(), args: z.unknown() });
/** sun_path holds 108 bytes; a deeper folder gets a socket of its own name in the temporary folder. */
const MAX_SOCKET_PATH = 100;

function socketPath(folder: string): string {
  const path = join(resolve(folder), 'control.sock');
  if (path.length <= MAX_SOCKET_PATH) return path;
  return join(tmpdir(), `molva-${createHash('sha256').update(path).digest('hex').slice(0, 16)}.sock`);
}

/** Runs a command; what it throws becomes a message. */
export async function runCommand(
  command: RegisteredCommand,
  deps: CommandDeps,
  args: unknown,
  out: Output,
): Promise<ExitCode> {
  try {
    return await command.run(deps, args, out);
  } catch (error) {
    const issues =
      error instanceof z.ZodError
        ? error.issues.map((i) => `${i.path.join('.')}: ${i.message}`).join('\n')
        : errorMessage(error);
    out.message(issues);
    return error instanceof z.ZodError ? 2 : 1;
  }
}

async function readBody(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req.setEncoding('utf8')) {
    body += chunk;
    if (body.length > MAX_REQUEST) throw new Error('the request is too long');
  }
  return body;
}

async function answer(req: IncomingMessage, res: ServerResponse, deps: CommandDeps): Promise<void> {
  const write = (line: Line): void => void res.write(`${JSON.stringify(line)}\n`);
  const out: Output = {
    data: (value, text) => write({ type: 'data', value, text }),
    message: (text) => write({ type: 'message', text }),
  };
  let code: ExitCode = 1;
  try {
    const { command: name, args } = requestSchema.parse(JSON.parse(await readBody(req)));
    const command = await findCommand(name);
    if (command) code = await runCommand(command, deps, args, out);
    else out.message(`the running server does not know the command "${name}"; is it an older version?`);
  } catch (error) {
    out.message(errorMessage(error));
  }
  write({ type: 'exit', code });
  res.end();
}

/** Carries out commands for the command line while this process holds the store. Only the folder's owner can reach it. */
export async function serveControl(folder: string, deps: CommandDeps): Promise<() => Promise<void>> {
  const path = socketPath(folder);
  rmSync(path, { force: true });
  const server = createServer((req, res) => void answer(req, res, deps));
  await new Promise<void>((done, fail) => server.once('error', fail).listen(path, done));
  chmodSync(path, 0o600);
  return () =>
    new Promise((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
}

/** Hands a command to the server that holds `folder`. Throws ConfigError when it does not answer. */
export async function sendControl(
  folder: string,
  command: string,
  args: unknown,
  out: Output,
): Promise<ExitCode> {
  const res = await new Promise<IncomingMessage>((done, fail) => {
    const req = request({ socketPath: socketPath(folder), method: 'POST', path: '/' }, done);
    req.once('error', (error) =>
      fail(
        new ConfigError(
          `The server that holds ${folder} does not take commands (${error.message}). It may still be starting: try again in a few seconds.`,
          error,
        ),
      ),
    );
    req.end(JSON.stringify({ command, args }));
  });
  let code: ExitCode = 1;
  for await (const text of createInterface({ input: res })) {
    const line = JSON.parse(text) as Line;
    if (line.type === 'data') out.data(line.value, line.text);
    else if (line.type === 'message') out.message(line.text);
    else code = line.code;
  }
  return code;
}
