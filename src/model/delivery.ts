export type DeliveryChannel = 'crm' | 'mail' | 'chat';

/**
 * pending: waits for `nextAttemptAt`. sending: an attempt is under way. delivered: the endpoint said so.
 * dead: given up, replay by hand. in_doubt: the process died after the message left and before the answer
 * was stored; only mail and chats use it, because those cannot be sent twice under one id. cancelled: withdrawn before it left.
 */
export type DeliveryState = 'pending' | 'sending' | 'delivered' | 'dead' | 'in_doubt' | 'cancelled';

/** One attempt history to hand one event to one endpoint. */
export interface Delivery {
  /** UUID; the idempotency key that the endpoint sees (`webhook-id`, `Message-ID`). */
  id: string;
  channel: DeliveryChannel;
  /** Key of the webhook in the configuration, `chat:` and that of a chat, or the recipient's address key. */
  endpoint: string;
  /** `complaint.detected`, `digest.daily` … */
  eventType: string;
  /** Unique per endpoint: what makes a second delivery of the same event impossible. */
  eventKey: string;
  payload: unknown;
  state: DeliveryState;
  attempts: number;
  nextAttemptAt: Date | null;
  lastError: string | null;
  createdAt: Date;
  deliveredAt: Date | null;
}
