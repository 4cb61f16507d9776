import { expect, it } from 'vitest';
import { isCommonPassword } from '../../../dashboards/auth/common-password.ts';

it.each([
  '123456789012',
  '1234567890123',
  '098765432112',
  'qwertyuiop123',
  'Qwerty123456',
  '1q2w3e4r5t6y7u'.replace(/\D/g, ''),
  'aaaaaaaaaaaa',
  'abcabcabcabc',
  'abcdefghijkl',
  'password1234',
  'Password2026!',
  'P@ssw0rd2026',
  'iloveyou2024',
  'administrator',
  'йцукенгшщзхъ',
  'пароль123456',
  'Молва2026!!!',
  '20112026 1234',
])('is among what is tried first: %s', (password) => {
  expect(isCommonPassword(password)).toBe(true);
});

it.each([
  'correct horse battery',
  'очень длинный пароль',
  'Tr0ub4dor&3 zebra',
  'kettle-leaks-on-tuesday',
  'jK8#vq2LmzP0',
  'мама мыла раму вчера',
  'Ромашка не возвращает деньги',
])('is none: %s', (password) => {
  expect(isCommonPassword(password)).toBe(false);
});

it('reads the longest password at once', () => {
  const started = performance.now();
  for (const letter of ['a', 'ab', 'я1']) isCommonPassword(letter.repeat(128));
  expect(performance.now() - started).toBeLessThan(200);
});
