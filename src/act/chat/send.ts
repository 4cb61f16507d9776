import { PermanentError, RetryLaterError } from '../../lib/errors.ts';
import type { ChatPayload } from '../../model/alert.ts';
import type { Delivery } from '../../model/delivery.ts';
import type { Chat } from '../../model/ports.ts';
import { getMessage, setExternalId } from '../../store/alert-messages.ts';
import type { Db } from '../../store/db.ts';
import { getDelivery } from '../../store/deliveries.ts';

const FIRST_STILL_UNDER_WAY_MS = 10_000;

/** Endpoints of chats begin with it: their keys are not those of webhooks. */
const PREFIX = 'chat:';

async function editMessage(
  db: Db,
  chat: Chat,
  { message: id, telling, words }: ChatPayload,
): Promise<string> {
  const message = await getMessage(db, id);
  if (!chat.edit || !message) return 'there is nothing to edit';
  if (message.tellings > telling) return 'overtaken by a newer one';
  if (message.externalId !== null) return (await chat.edit(message.externalId, words)).summary;
  const first = message.deliveryId === null ? null : await getDelivery(db, message.deliveryId);
  if (first?.state === 'pending' || first?.state === 'sending')
    throw new RetryLaterError('chat-not-sent', 'The message to be edited has not been sent yet.', {
      delayMs: FIRST_STILL_UNDER_WAY_MS,
    });
  return 'the message never arrived, there is nothing to edit';
}

/** Sends or edits a message. `onLeaving`: from here on it may have arrived; edits can be repeated and leave nothing in doubt. */
export async function sendToChat(
  db: Db,
  chats: ReadonlyMap<string, Chat>,
  delivery: Delivery,
  onLeaving: () => Promise<void>,
): Promise<string> {
  const chat = chats.get(delivery.endpoint.slice(PREFIX.length));
  if (!chat)
    throw new PermanentError(
      'endpoint-unknown',
      `There is no channel "${delivery.endpoint.slice(PREFIX.length)}" in the configuration any more. Put it back and replay, or leave this as it is.`,
    );
  const payload = delivery.payload as ChatPayload;
  if (payload.isEdit) return editMessage(db, chat, payload);
  const { externalId, summary } = await chat.send(payload.words, onLeaving);
  if (externalId !== null) await setExternalId(db, delivery.id, externalId);
  return summary;
}
