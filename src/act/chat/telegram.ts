import { z } from 'zod';
import { ConfigError, PermanentError } from '../../lib/errors.ts';
import { escapeHtml } from '../../lib/html.ts';
import type { AlertWords } from '../../model/alert.ts';
import type { ChatConnector, ChatEdges, HttpResponse, Receipt } from '../../model/ports.ts';
import { judgeAnswer, postJson } from './answer.ts';

const settings = z.strictObject({
  /** Name of the bot's token in the configuration's `secrets`. */
  token: z.string().min(1),
  /** Number of the chat, or @name of a channel. */
  chat: z.union([z.int(), z.string().regex(/^(@\w{4,64}|-?\d{1,20})$/, 'write -1001234567890 or @channel')]),
  /** For a Bot API server of one's own. */
  api: z.url({ protocol: /^https?$/ }).default('https://api.telegram.org'),
});

const MAX_TEXT = 4096;
const MAX_WAIT_S = 86_400;

const answerSchema = z.object({
  ok: z.boolean(),
  description: z.string().optional(),
  result: z.union([z.object({ message_id: z.number() }), z.unknown()]).optional(),
  parameters: z.object({ retry_after: z.number().optional() }).optional(),
});

/** Telegram counts characters after it has read the marks; cutting whole lines keeps every tag closed. */
function toHtml({ title, lines, links }: AlertWords): string {
  const parts = [
    `<b>${escapeHtml(title.slice(0, 1000).toWellFormed())}</b>`,
    ...lines.map((line) => escapeHtml(line.slice(0, 1000).toWellFormed())),
    ...links.map(([href, words]) => `<a href="${escapeHtml(href)}">${escapeHtml(words)}</a>`),
  ];
  let text = '';
  for (const part of parts) {
    if (text.length + part.length + 1 > MAX_TEXT) break;
    text += text === '' ? part : `\n${part}`;
  }
  return text;
}

function readAnswer({ body }: HttpResponse): z.infer<typeof answerSchema> {
  try {
    return answerSchema.parse(JSON.parse(Buffer.from(body).toString()));
  } catch {
    return { ok: false };
  }
}

/** The text is the same already: what was wanted is so. */
const SAME = /message is not modified/i;

async function ask(
  edges: ChatEdges,
  { api, token }: { api: string; token: string },
  method: 'sendMessage' | 'editMessageText',
  body: Record<string, unknown>,
): Promise<Receipt> {
  const answer = await postJson(
    edges,
    `${api.replace(/\/$/, '')}/bot${token}/${method}`,
    body,
    method === 'editMessageText',
  );
  const said = readAnswer(answer);
  if (answer.status === 400 && SAME.test(said.description ?? ''))
    return { externalId: null, summary: 'is so already' };
  const wait = said.parameters?.retry_after;
  judgeAnswer(
    answer,
    edges.clock.now(),
    wait === undefined ? undefined : Math.min(MAX_WAIT_S, Math.max(1, wait)) * 1000,
  );
  if (!said.ok) throw new PermanentError('chat-refused', 'Telegram did not take the message.');
  const id = (said.result as { message_id?: number } | undefined)?.message_id;
  return { externalId: id === undefined ? null : String(id), summary: `HTTP ${answer.status}` };
}

/** A bot of Telegram in a chat: one message for each incident, edited while it goes on. Its token stands in the address and is told nowhere. */
export const telegram: ChatConnector<z.infer<typeof settings>> = {
  kind: 'telegram',
  settings,
  secrets: ({ token }) => [token],
  connect: ({ token: name, chat, api }, language, edges) => {
    const token = edges.secret(name);
    if (!token) throw new ConfigError(`secrets has no "${name}", which a channel of kind telegram names.`);
    const common = { chat_id: chat, parse_mode: 'HTML', link_preview_options: { is_disabled: true } };
    return {
      language,
      send: async (words, beforeSend) => {
        await beforeSend();
        return ask(edges, { api, token }, 'sendMessage', { ...common, text: toHtml(words) });
      },
      edit: (externalId, words) =>
        ask(edges, { api, token }, 'editMessageText', {
          ...common,
          message_id: Number(externalId),
          text: toHtml(words),
        }),
    };
  },
};
