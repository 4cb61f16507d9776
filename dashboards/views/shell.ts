import type { Response } from 'express';
import type { Markup } from '../../src/lib/html.ts';
import { viewerOf } from '../auth/session.ts';
import type { Page } from '../page.ts';
import { renderLayout } from './layout.ts';

export type MenuEntry = { page: Page; badge: number };

/** Sends a page inside the frame with the menu, which the server put into `res.locals`. */
export function sendPage(res: Response, title: string, body: Markup): void {
  res.send(renderLayout(viewerOf(res), { title, body, menu: res.locals.menu as MenuEntry[] }).toString());
}
