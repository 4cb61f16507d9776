import type { ForumEngine } from '../model.ts';
import { discourse } from './discourse.ts';
import { flarum } from './flarum.ts';
import { invision } from './invision.ts';
import { mybb } from './mybb.ts';
import { nodebb } from './nodebb.ts';
import { phpbb } from './phpbb.ts';
import { punbb } from './punbb.ts';
import { smf } from './smf.ts';
import { telegram } from './telegram.ts';
import { vbulletin3 } from './vbulletin3.ts';
import { vbulletin4 } from './vbulletin4.ts';
import { vbulletin5 } from './vbulletin5.ts';
import { xenforo } from './xenforo.ts';

/** Every engine with a file of its own. Where two are equally sure, the earlier one wins. */
export const engines: readonly ForumEngine[] = [
  phpbb,
  xenforo,
  vbulletin3,
  vbulletin4,
  vbulletin5,
  smf,
  invision,
  mybb,
  discourse,
  flarum,
  punbb,
  nodebb,
  telegram,
];
