import type { Response } from 'express';
import type { Markup } from '../../src/lib/html.ts';
import { viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { renderLayout } from './layout.ts';

export type MenuEntry = { page: Page; badge: number };

/** Sends a page inside the frame with the menu, which the server put into `res.locals`. `script` is the path of one of our assets. */
export function sendPage(res: Response, title: string, body: Markup, script?: string): void {
  const menu = res.locals.menu as MenuEntry[];
  res.send(renderLayout(viewerOf(res), { title, body, menu, script }).toString());
}
