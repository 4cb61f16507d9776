import { z } from 'zod';
import { ConfigError } from '../../lib/errors.ts';
import type { AlertWords } from '../../model/alert.ts';
import type { ChatConnector } from '../../model/ports.ts';
import { judgeAnswer, postJson } from './answer.ts';

const settings = z.strictObject({
  /** Name of the webhook's address in the configuration's `secrets`: whoever knows it may write there. */
  url: z.string().min(1),
});

const MAX_LINE = 3000;

/** The three characters that Slack and Mattermost read as marks in every place. */
function escaped(text: string): string {
  return text
    .slice(0, MAX_LINE)
    .toWellFormed()
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** Inside a link `|` parts the address from the words. */
const link = ([href, words]: [string, string]): string =>
  `<${escaped(href).replaceAll('|', '%7C')}|${escaped(words).replaceAll('|', '/')}>`;

function toText({ title, lines, links }: AlertWords): string {
  return [`*${escaped(title)}*`, ...lines.map(escaped), ...links.map(link)].join('\n');
}

/** An incoming webhook of Slack, or of Mattermost, which reads the same. What was sent cannot be edited. */
export const slack: ChatConnector<z.infer<typeof settings>> = {
  kind: 'slack',
  settings,
  secrets: ({ url }) => [url],
  connect: ({ url: name }, language, edges) => {
    const url = edges.secret(name);
    if (!url || !/^https?:\/\//.test(url))
      throw new ConfigError(
        `secrets.${name}, which a channel of kind slack names, is not an http(s) address.`,
      );
    return {
      language,
      send: async (words, beforeSend) => {
        await beforeSend();
        const answer = await postJson(edges, url, { text: toText(words) }, false);
        judgeAnswer(answer, edges.clock.now());
        return { externalId: null, summary: `HTTP ${answer.status}` };
      },
    };
  },
};
