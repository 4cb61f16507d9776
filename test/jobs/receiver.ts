import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import type { CasePayload } from '../../src/model/case-payload.ts';

export interface Received {
  id: string;
  /** `complaint.detected` … */
  type: string;
  data: CasePayload;
  bytes: number;
}

export interface Receiver {
  url: string;
  /** Requests whose signature holds; the others are answered with 400. */
  received: Received[];
  /** What the next requests are answered with; 204 when it is undefined. */
  answer: ((response: ServerResponse) => void) | undefined;
  close(): Promise<void>;
}

/** A CRM on loopback that checks every signature with the standard library. */
export async function startReceiver(secret: string): Promise<Receiver> {
  const webhook = new Webhook(secret);
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks).toString();
    try {
      const { type, data } = webhook.verify(body, request.headers as Record<string, string>) as Pick<
        Received,
        'type' | 'data'
      >;
      receiver.received.push({
        id: String(request.headers['webhook-id']),
        type,
        data,
        bytes: Buffer.byteLength(body),
      });
    } catch {
      response.writeHead(400).end();
      return;
    }
    if (receiver.answer) receiver.answer(response);
    else response.writeHead(204).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`,
    received: [],
    answer: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}
