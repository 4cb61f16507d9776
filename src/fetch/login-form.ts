/** A form to log in by, with everything in it that the server wants back. */
export interface LoginForm {
  /** Where it is sent. */
  action: string;
  method: 'GET' | 'POST';
  /** Names and values of what is not for people: hidden fields, the button's name, boxes that are ticked. */
  fields: [name: string, value: string][];
  user: string;
  password: string;
  /** Box to stay logged in, if there is one. */
  remember: string | undefined;
}

/** Names of fields, where the form's own cannot be told apart. */
export interface FormNames {
  user?: string | undefined;
  password?: string | undefined;
}

type Input = Record<string, string>;

const MAX_PAGE = 1_000_000;
const ATTRIBUTE = /([a-z][a-z0-9-]*)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))|\b(checked|disabled)\b/gi;
const USER_NAME = /user|login|e-?mail|nick|name|логин/i;
const REMEMBER = /remember|auto_?login|persist|cookie_?user|stay/i;
const ENTITIES: Record<string, string> = {
  '&amp;': '&',
  '&quot;': '"',
  '&#39;': "'",
  '&#039;': "'",
  '&lt;': '<',
  '&gt;': '>',
};

function plain(text: string): string {
  return text.replace(/&(?:amp|quot|#0?39|lt|gt);/g, (entity) => ENTITIES[entity] ?? entity);
}

function attributesOf(tag: string): Input {
  const found: Input = {};
  for (const [, name, a, b, c, flag] of tag.matchAll(ATTRIBUTE))
    found[(name ?? flag ?? '').toLowerCase()] ??= plain(a ?? b ?? c ?? '');
  return found;
}

function inputsOf(markup: string): Input[] {
  return [...markup.matchAll(/<(input|button)\b([^>]{0,2000})>/gi)]
    .map(([, element = '', tag = '']) => ({
      type: element.toLowerCase() === 'button' ? 'submit' : 'text',
      ...attributesOf(tag),
    }))
    .filter(({ name, disabled }: Input) => Boolean(name) && disabled === undefined);
}

/** What is sent along as it stands: the first button, hidden fields, ticked boxes. */
function keptFields(inputs: readonly Input[]): [string, string][] {
  const button = inputs.find(({ type }) => type?.toLowerCase() === 'submit');
  return inputs
    .filter((input) => {
      const type = input.type?.toLowerCase();
      if (type === 'checkbox' || type === 'radio') return input.checked !== undefined;
      return type === 'hidden' || input === button;
    })
    .map(({ name = '', value = '' }) => [name, value]);
}

function readForm(open: string, markup: string, url: string, names: FormNames): LoginForm | null {
  const form = attributesOf(open);
  const inputs = inputsOf(markup);
  const passwords = inputs.filter(({ type, name }) =>
    names.password ? name === names.password : type?.toLowerCase() === 'password',
  );
  const [password] = passwords;
  // Two of them: a form to register or to change the password.
  if (!password || passwords.length > 1) return null;
  const texts = inputs.filter(({ type = '' }) => /^(?:text|email|tel)?$/i.test(type));
  const user = names.user
    ? inputs.find(({ name }) => name === names.user)
    : (texts.find(({ name = '' }) => USER_NAME.test(name)) ?? texts[0]);
  if (!user) return null;
  const box = inputs.find(({ type, name = '' }) => type?.toLowerCase() === 'checkbox' && REMEMBER.test(name));
  const action = URL.canParse(form.action ?? '', url) ? new URL(form.action ?? '', url).href : url;
  return {
    action: action.replace(/#.*$/s, ''),
    method: /^get$/i.test(form.method ?? 'get') ? 'GET' : 'POST',
    fields: keptFields(inputs),
    user: user.name ?? '',
    password: password.name ?? '',
    remember: box && box.checked === undefined ? box.name : undefined,
  };
}

/** The first form of a page that asks for one password; null when there is none. */
export function findLoginForm(html: string, url: string, names: FormNames = {}): LoginForm | null {
  const parts = html
    .slice(0, MAX_PAGE)
    .split(/<form\b/i)
    .slice(1);
  for (const part of parts) {
    const end = part.indexOf('>');
    const [markup = ''] = part.slice(end + 1).split(/<\/form/i);
    const form = end === -1 ? null : readForm(part.slice(0, end), markup, url, names);
    if (form) return form;
  }
  return null;
}

/** As a browser sends it. */
export function fillForm(form: LoginForm, user: string, password: string): URLSearchParams {
  const filled = new URLSearchParams(form.fields);
  filled.set(form.user, user);
  filled.set(form.password, password);
  if (form.remember) filled.set(form.remember, '1');
  return filled;
}
