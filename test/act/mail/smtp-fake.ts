import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

interface Letter {
  from: string;
  to: string[];
  raw: string;
}

export interface FakeSmtp {
  port: number;
  letters: Letter[];
  close(): Promise<void>;
}

/** A real SMTP server on loopback that keeps what it accepts. */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<FakeSmtp> {
  const letters: Letter[] = [];
  const server = new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    closeTimeout: 200,
    onAuth: (auth, _session, done) =>
      auth.password === 'right' ? done(null, { user: 'u' }) : done(new Error(`no, not ${auth.password}`)),
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = session.envelope.mailFrom;
        letters.push({
          from: from === false ? '' : from.address,
          to: session.envelope.rcptTo.map((recipient) => recipient.address),
          raw: Buffer.concat(chunks).toString('latin1'),
        });
        done(null, 'queued as 42');
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.server.address() as AddressInfo).port,
    letters,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** Answers by script: the reply to each command, by its first word; `drop` closes the line instead. */
export async function startScripted(
  replies: Record<string, string>,
): Promise<FakeSmtp & { lines: string[] }> {
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    let inData = false;
    const answer = (key: string, otherwise: string) => {
      const reply = replies[key] ?? otherwise;
      if (reply === 'drop') socket.destroy();
      else if (reply !== 'silence') socket.write(`${reply}\r\n`);
    };
    answer('greeting', '220 fake');
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      if (inData) {
        lines.push('(content)');
        if (/(^|\r\n)\.\r\n$/.test(text) || replies['.'] === 'drop') answer('.', '250 ok');
        return;
      }
      for (const line of text.split('\r\n').filter(Boolean)) {
        lines.push(line);
        const word = line.split(' ')[0]?.toUpperCase() ?? '';
        inData = word === 'DATA';
        answer(word, inData ? '354 go' : '250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    letters: [],
    lines,
    close: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
