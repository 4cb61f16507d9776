import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  path: string;
  body: Record<string, unknown>;
}

export interface ChatServer {
  url: string;
  asked: Asked[];
  /** Answers the next request in its stead. */
  next: ((response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

async function start(
  answer: (asked: Asked, response: ServerResponse, request: IncomingMessage) => void,
): Promise<ChatServer> {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const asked = { path: String(request.url), body: JSON.parse(Buffer.concat(chunks).toString()) };
    const instead = chat.next;
    chat.next = undefined;
    if (instead) return instead(response);
    answer(asked, response, request);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const chat: ChatServer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    next: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return chat;
}

export const TOKEN = '123456789:AAaaBBbbCCccDDddEEeeFFffGGggHHhhIIi';
const TAGS = /<\/?(?:b|a)(?: href="[^"<>]*")?>/g;

/** As the Bot API's rules are: known methods, HTML of few tags, 4096 characters, edits of messages that are there and differ. */
export async function startTelegram(): Promise<ChatServer> {
  const texts = new Map<number, string>();
  const json = (response: ServerResponse, status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  const refuse = (response: ServerResponse, description: string): void =>
    json(response, 400, { ok: false, error_code: 400, description: `Bad Request: ${description}` });
  const chat = await start((asked, response) => {
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(asked.path) ?? [];
    if (token !== TOKEN)
      return json(response, 401, { ok: false, error_code: 401, description: 'Unauthorized' });
    const { chat_id, text, parse_mode, message_id } = asked.body as {
      chat_id?: number;
      text: string;
      parse_mode?: string;
      message_id: number;
    };
    const plain = String(text).replace(TAGS, '');
    if (!chat_id) return refuse(response, 'chat_id is empty');
    if (parse_mode !== 'HTML' || /[<>]|&(?!(?:lt|gt|amp|quot|#39);)/.test(plain))
      return refuse(response, "can't parse entities");
    if (plain === '' || String(text).length > 4096) return refuse(response, 'message is too long');
    if (method === 'sendMessage') {
      const id = texts.size + 1;
      texts.set(id, text);
      chat.asked.push(asked);
      return json(response, 200, { ok: true, result: { message_id: id } });
    }
    if (method !== 'editMessageText') return json(response, 404, { ok: false, error_code: 404 });
    if (!texts.has(message_id)) return refuse(response, 'message to edit not found');
    if (texts.get(message_id) === text) return refuse(response, 'message is not modified');
    texts.set(message_id, text);
    chat.asked.push(asked);
    json(response, 200, { ok: true, result: { message_id } });
  });
  return chat;
}

/** An incoming webhook: one text, with the three marks escaped. */
export async function startSlack(): Promise<ChatServer> {
  const chat = await start((asked, response) => {
    const text = String(asked.body.text ?? '');
    const outside = text.replace(/<https?:[^<>|]+\|[^<>|]*>/g, '');
    if (text === '') return void response.writeHead(400).end('no_text');
    if (/[<>]/.test(outside)) return void response.writeHead(400).end('invalid_payload');
    chat.asked.push(asked);
    response.writeHead(200).end('ok');
  });
  return chat;
}
