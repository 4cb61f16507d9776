import type { Response } from 'express';
import type { Markup } from '../../src/lib/html.ts';
import { viewerOf } from '../auth/session.ts';
import { renderLayout } from './layout.ts';
import type { MenuGroup } from './menu.ts';

/** Sends a page inside the frame with the menu, which the server put into `res.locals`. `scripts` are paths of our assets. */
export function sendPage(res: Response, title: string, body: Markup, ...scripts: string[]): void {
  const menu = res.locals.menu as MenuGroup[];
  res.send(renderLayout(viewerOf(res), { title, body, menu, scripts }).toString());
}
