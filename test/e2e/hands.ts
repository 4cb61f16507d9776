import type { Locator, Page } from 'playwright';
import { expect } from 'vitest';
import type { Language } from '../../src/model/user.ts';

/** How somebody does things on a page. */
export interface Hands {
  press(target: Locator): Promise<void>;
  choose(select: Locator, value: string): Promise<void>;
  type(field: Locator, text: string): Promise<void>;
}

const mouse: Hands = {
  press: (target) => target.click(),
  choose: async (select, value) => void (await select.selectOption(value)),
  type: async (field, text) => {
    await field.click();
    await field.pressSequentially(text);
  },
};

/** From where the focus is, as often as it takes: what cannot be reached so is not there for many. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let pressed = 0; pressed < 400; pressed += 1) {
    if ((await target.and(page.locator(':focus')).count()) > 0) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${target} is not reached by Tab`);
}

const keyboard = (page: Page): Hands => ({
  press: async (target) => {
    await tabTo(page, target);
    await page.keyboard.press('Enter');
  },
  choose: async (select, value) => {
    await tabTo(page, select);
    await page.keyboard.press('Home');
    for (let pressed = 0; (await select.inputValue()) !== value && pressed < 9; pressed += 1)
      await page.keyboard.press('ArrowDown');
    expect(await select.inputValue()).toBe(value);
  },
  type: async (field, text) => {
    await tabTo(page, field);
    await page.keyboard.type(text);
  },
});

type Way = 'mouse' | 'keyboard';

export const handsOf = (page: Page, by: Way): Hands => (by === 'mouse' ? mouse : keyboard(page));

/** In which language, on how wide a screen, and how a story is gone through. */
export const WAYS: readonly [language: Language, width: number, by: Way][] = [
  ['ru', 1280, 'mouse'],
  ['en', 1280, 'keyboard'],
  ['en', 320, 'mouse'],
  ['ru', 320, 'keyboard'],
];
