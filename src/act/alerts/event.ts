import type { AlertNumbers } from '../../model/alert.ts';

/** What webhooks are told of an incident. */
export const INCIDENT_EVENTS = {
  opened: 'alert.opened',
  updated: 'alert.updated',
  escalated: 'alert.escalated',
  ended: 'alert.ended',
  many: 'alerts.held',
} as const;

/** What leaves the house as one of them, `alerts.held` apart. */
export interface IncidentPayload {
  alert: { key: string; name: string; kind: string; link: string } | null;
  incident: {
    id: number;
    link: string;
    opened_at: string;
    last_seen_at: string;
    ended_at: string | null;
    posts: number;
    acknowledged_by: string | null;
    story: number | null;
    topic: string | null;
    source: string | null;
    facts: AlertNumbers;
  };
  title: string;
  example: { link: string; url: string; title: string | null; text: string } | null;
}
