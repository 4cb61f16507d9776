/** Keys by their place on the keyboard, whatever the layout. */

/** In a field where keys write. Boxes and circles to tick take none. */
function isTyping({ target }) {
  const fields = 'input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable]';
  return target.closest?.(fields) !== null;
}

/** Digits stand in two places. */
function placeOf({ code }) {
  return code.replace(/^Numpad(?=\d$)/, 'Digit');
}

/**
 * Calls `press` with the place of each key that is pressed alone, outside fields; where that returns true, the key does nothing else. None
 * while a form of the page is on its way: what is pressed then was meant for the page that comes.
 */
export function listenToKeys(press) {
  let isSent = false;
  document.addEventListener('keydown', (event) => {
    const isChanged = event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || event.repeat;
    if (event.defaultPrevented || isSent || isChanged || isTyping(event)) return;
    if (press(placeOf(event))) event.preventDefault();
  });
  document.addEventListener('submit', (event) => {
    isSent = !event.defaultPrevented;
  });
  window.addEventListener('pageshow', () => {
    isSent = false;
  });
  document.documentElement.setAttribute('data-keys', '');
}
