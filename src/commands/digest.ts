import { z } from 'zod';
import { digestPeriod } from '../act/digest/schedule.ts';
import { InputError } from '../lib/errors.ts';
import { listRecipients } from '../store/digests.ts';
import { type Command, register } from './command.ts';

const send: Command<{ to: string; dryRun: boolean }> = {
  name: 'digest send',
  arguments: '<address>',
  options: [['--dry-run', 'show the text, send nothing']],
  summary: 'send the digest of the last finished period now, unless it has gone out already',
  example: 'molva digest send pr@example.com --dry-run',
  args: z.object({ to: z.string(), dryRun: z.boolean().default(false) }),
  read: ([to], options) => ({ to, dryRun: options.dryRun }),
  run: async ({ jobs }, { to, dryRun }, out) => {
    const { issueDigest, scheduleOf } = await import('../act/digest/send.ts');
    const recipient = (await listRecipients(jobs.db)).find((r) => r.key === to.toLowerCase());
    if (!recipient)
      throw new InputError([
        { at: 'address', message: `${to} gets no digest; add it under digests in the configuration` },
      ]);
    const now = jobs.clock.now();
    const period = digestPeriod(scheduleOf(recipient), now);
    const { digestEdges } = await import('../jobs/digests.ts');
    const edges = digestEdges(jobs);
    if (dryRun) {
      const { collectDigest } = await import('../act/digest/collect.ts');
      const { renderDigest } = await import('../act/digest/render.ts');
      const rendered = renderDigest(await collectDigest(jobs.db, recipient, period, edges));
      out.data(rendered, `${rendered.subject}\n\n${rendered.text}`);
      return 0;
    }
    const id = await jobs.db.transaction((tx) =>
      issueDigest(tx, recipient, period, edges, { now, mayBeSilent: false }),
    );
    out.data(
      { digest: id },
      id === null
        ? `The digest of ${period.key} was written before; see the deliveries page to send it again.`
        : `The digest of ${period.key} is on its way.`,
    );
    return 0;
  },
};

export const commands = [register(send)];
