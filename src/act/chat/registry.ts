import type { z } from 'zod';
import type { Chat, ChatConnector, ChatEdges } from '../../model/ports.ts';
import type { Language } from '../../model/user.ts';
import { slack } from './slack.ts';
import { telegram } from './telegram.ts';

/** A connector whose settings have not been checked yet. */
export interface RegisteredChat {
  kind: string;
  settings: z.ZodType;
  secrets(settings: unknown): string[];
  /** Throws ZodError when the settings are wrong, ConfigError when a secret is missing. */
  connect(settings: unknown, language: Language, edges: ChatEdges): Chat;
}

function register<Settings>(one: ChatConnector<Settings>): RegisteredChat {
  return {
    kind: one.kind,
    settings: one.settings,
    secrets: (raw) => one.secrets(one.settings.parse(raw)),
    connect: (raw, language, edges) => one.connect(one.settings.parse(raw), language, edges),
  };
}

/** One line a kind of chat. */
export const chatConnectors: readonly RegisteredChat[] = [register(telegram), register(slack)];
