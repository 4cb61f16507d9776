import { listenToKeys } from './key-places.js';

/**
 * Presses the button that bears a key's place on the keyboard, in the card that the reader is at. Nothing depends on it: the buttons
 * are there for everybody.
 */
let cards = [];
let current;

function show() {
  for (const card of cards) card.toggleAttribute('data-current', card === current);
}

/** Of the post that is shown now: a list may have put another one beside itself. */
function find() {
  cards = [...document.querySelectorAll('[data-correct]')];
  current = cards.find((card) => `#${card.id}` === decodeURIComponent(location.hash)) ?? cards[0];
  show();
}

function next() {
  current = cards[(cards.indexOf(current) + 1) % cards.length];
  show();
  current.focus();
}

/** The newest of what can be undone there. */
function undoButton() {
  const buttons = [...current.querySelectorAll('[data-undo]')];
  return buttons.sort((a, b) => Number(b.dataset.undo) - Number(a.dataset.undo))[0];
}

function buttonFor(place) {
  const key = `[data-key="${CSS.escape(place)}"]`;
  const found =
    current.querySelector(key) ?? document.querySelector(`[data-everywhere] ${key}:not([data-undo])`);
  return found?.hasAttribute('data-undo') ? undoButton() : found;
}

document.addEventListener('focusin', ({ target }) => {
  current = target.closest('[data-correct]') ?? current;
  show();
});

function press(place) {
  if (cards.length === 0) return false;
  if (place === document.querySelector('[data-next-key]').dataset.nextKey) {
    next();
    return false;
  }
  const button = buttonFor(place);
  button?.click();
  return Boolean(button);
}

listenToKeys(press);
document.addEventListener('molva:shown', find);
find();
