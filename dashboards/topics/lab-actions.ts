import { InputError } from '../../src/lib/errors.ts';
import type { DocumentId } from '../../src/model/ids.ts';
import type { ExampleText, Topic } from '../../src/model/topic.ts';
import { RATING_VERDICTS } from '../../src/model/topic.ts';
import type { User } from '../../src/model/user.ts';
import { rateDocument } from '../../src/store/topic-ratings.ts';
import type { DashboardDeps } from '../deps.ts';
import { numberParam } from '../params.ts';
import type { TextKey } from '../texts.ts';
import { addExample, forgetExample } from './examples.ts';
import { draftOf, type LabForm } from './lab-form.ts';

/** What a button did, or why it did not. */
export interface LabNote {
  text: TextKey;
  isMistake: boolean;
}

interface Asked {
  deps: DashboardDeps;
  user: User;
  zone: string;
  form: LabForm;
  /** What stands behind the verb: `12 ours`. */
  words: readonly string[];
}

type Act = (asked: Asked) => Promise<LabNote | null>;

const done = (text: TextKey): LabNote => ({ text, isMistake: false });
const mistake = (text: TextKey): LabNote => ({ text, isMistake: true });

/** By the first word of the pressed button's value. */
const ACTS: Readonly<Record<string, Act>> = {
  run: (asked) => start(asked, 1),
  another: ({ words, ...asked }) => start({ ...asked, words }, (Number(words[0]) || 0) + 1),
  stop: async ({ deps, user }) => {
    deps.actions.lab.stop(user.id);
    return null;
  },
  rate,
  example: exampleOfDocument,
  paste: exampleOfText,
  unexample,
};

/** Does what the pressed button says; null when there is nothing to say about it. */
export async function actInLab(
  deps: DashboardDeps,
  user: User,
  zone: string,
  form: LabForm,
): Promise<LabNote | null> {
  const [verb = '', ...words] = form.do.split(' ');
  const act = Object.hasOwn(ACTS, verb) ? ACTS[verb] : undefined;
  return act ? act({ deps, user, zone, form, words }) : null;
}

async function start({ deps, user, zone, form }: Asked, seed: number): Promise<LabNote | null> {
  const days = form.days === '' ? null : Number(form.days);
  try {
    await deps.actions.lab.start(user.id, { ...draftOf(form), days, seed, zone });
    return null;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return mistake(error.issues[0]?.at === 'busy' ? 'lab.busy' : 'lab.unreadable');
  }
}

async function rate({ deps, user, form, words }: Asked): Promise<LabNote | null> {
  const document = numberParam<DocumentId>(words[0] ?? '');
  const verdict = RATING_VERDICTS.find((one) => one === words[1]);
  if (!form.topic || document === null || !verdict) return null;
  const who = { by: user.email, at: deps.clock.now() };
  const isThere = await rateDocument(deps.db, form.topic.id, document, verdict, who);
  return isThere ? null : mistake('lab.gone');
}

async function exampleOfDocument({ deps, user, form, words }: Asked): Promise<LabNote | null> {
  const document = numberParam<DocumentId>(words[0] ?? '');
  if (!form.topic || document === null) return null;
  const example = await deps.actions.lab.exampleOf(document, words[1] === 'must');
  return example ? keep(deps, user, form.topic, example) : mistake('lab.gone');
}

async function exampleOfText({ deps, user, form, words }: Asked): Promise<LabNote | null> {
  if (!form.topic) return null;
  const text = form.example.trim();
  if (text === '') return mistake('lab.example.empty');
  const mustMatch = words[0] === 'must';
  const note = await keep(deps, user, form.topic, {
    mustMatch,
    url: null,
    title: null,
    author: null,
    text,
    note: '',
  });
  if (!note.isMistake) form.example = '';
  return note;
}

async function keep(
  deps: DashboardDeps,
  { email }: User,
  topic: Topic,
  example: ExampleText,
): Promise<LabNote> {
  const id = await addExample(deps, email, topic, example);
  return id === null ? mistake('lab.example.long') : done('lab.example.added');
}

async function unexample({ deps, user, form, words }: Asked): Promise<LabNote | null> {
  const id = numberParam(words[0] ?? '');
  if (!form.topic || id === null) return null;
  await forgetExample(deps, user.email, form.topic, id);
  return done('lab.example.removed');
}
