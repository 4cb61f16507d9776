/** What people type without looking, on both keyboards; backwards too. */
const ROWS = [
  '1234567890',
  'qwertyuiop[]',
  'asdfghjkl',
  'zxcvbnm',
  'йцукенгшщзхъ',
  'фывапролджэ',
  'ячсмитьбю',
  'abcdefghijklmnopqrstuvwxyz',
  'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
];
/** Such a part of its letters may follow one another in a row. */
const RUN_SHARE = 0.7;

/** Words that stand in every list of passwords that were found out, as they are or amid digits and signs. */
const WORDS = new Set(
  (
    'password passw0rd p@ssword p@ssw0rd passwordpassword mypassword thepassword newpassword changeme letmein letmeinplease welcome welcomehome admin administrator ' +
    'adminadmin root superuser superadmin qwerty qwertyuiop qazwsx qazwsxedc zaqwsx zaqxsw iloveyou iloveyouforever trustno sunshine princess princesses ' +
    'football baseball basketball superman spiderman batman pokemon starwars minecraft dragon monkey shadow master michael jennifer jessica ashley ' +
    'correcthorsebatterystaple default secret topsecret access computer internet samsung google facebook hello helloworld whatever freedom forever ' +
    'пароль парольпароль мойпароль администратор админ привет приветпривет любовь солнце солнышко наташа саша дима россия москва спартак молва molva molvamolva'
  ).split(' '),
);

const isRepeated = (text: string): boolean => /^(.{1,6}?)\1+.{0,5}$/u.test(text) && new Set(text).size <= 6;

/** Letters that stand beside the one before in some row, or are the same. */
function runShare(text: string): number {
  const letters = [...text];
  const isStep = (from: string, to: string): boolean =>
    from === to ||
    ROWS.some(
      (row) => row.includes(from) && Math.abs(row.indexOf(from) - row.indexOf(to)) === 1 && row.includes(to),
    );
  const steps = letters.slice(1).filter((letter, at) => isStep(letters[at] ?? '', letter)).length;
  return letters.length > 1 ? steps / (letters.length - 1) : 1;
}

/** Is it among what everybody who guesses tries first? Of the most common passwords, those that are long enough for us are of these kinds. */
export function isCommonPassword(password: string): boolean {
  const text = password.normalize('NFKC').toLowerCase();
  const core = text.replace(/[^\p{L}@0]+/gu, '').replace(/^0+|0+$/g, '');
  const bare = text.replace(/[^\p{L}]+/gu, '');
  return (
    isRepeated(text) || WORDS.has(core) || WORDS.has(bare) || bare.length < 2 || runShare(text) >= RUN_SHARE
  );
}
