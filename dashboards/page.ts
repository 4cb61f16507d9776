import type { Router } from 'express';
import type { Right } from '../src/model/rights.ts';
import type { DashboardDeps } from './deps.ts';
import type { TextKey } from './texts.ts';

/** One page of the dashboard: its file, and one line in `registry.ts`. */
export interface Page {
  /** Where its router is mounted: `/mentions`. */
  path: string;
  title: TextKey;
  /** The right without which nobody sees it. A router asks for more with `allow` where something is changed. */
  access: Right;
  /** Shown in the menu. */
  menu: boolean;
  /** Number beside the menu's word: only duties are counted. */
  badge?(deps: DashboardDeps): Promise<number>;
  router(deps: DashboardDeps): Router;
}
