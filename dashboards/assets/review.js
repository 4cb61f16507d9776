import { listenToKeys } from './key-places.js';

/** Presses what bears a key's place on the keyboard. Nothing depends on it: the buttons are there for everybody. */
function press(place) {
  const control = document.querySelector(`[data-review] [data-key="${CSS.escape(place)}"]`);
  control?.click();
  return control !== null;
}

listenToKeys(press);
