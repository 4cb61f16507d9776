/**
 * The list of what could stand where the caret is. The person stays in the box: the list is chosen from with the arrows, Tab or
 * Enter takes, Escape closes, Ctrl+Space asks for it. Nothing is chosen until he chooses: Enter goes on doing what it does.
 */
function make(tag, attributes) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  return element;
}

/** Typing it keeps what can be undone; setting the value would not. */
function replace(box, { from, to }, insert) {
  box.focus();
  box.setSelectionRange(from, to);
  if (document.execCommand('insertText', false, insert)) return;
  box.setRangeText(insert, from, to, 'end');
  box.dispatchEvent(new InputEvent('input', { bubbles: true, inputType: 'insertText' }));
}

/** `below`: where the list goes. `listen` begins to serve the box. */
export function createPopup(box, below, { id, words, suggest }) {
  const list = make('ul', {
    id: `${id}-list`,
    role: 'listbox',
    class: 'query-list',
    'aria-label': words.texts.list,
  });
  const said = make('span', { role: 'status', class: 'unseen' });
  list.hidden = true;
  below.append(list, said);
  // Textareas and search boxes may have no other role; the rest of the pattern holds for them too.
  const isInput = box.type === 'text';
  box.setAttribute('autocomplete', 'off');
  box.setAttribute('aria-autocomplete', 'list');
  box.setAttribute('aria-haspopup', 'listbox');
  box.setAttribute('aria-controls', list.id);
  if (isInput) box.setAttribute('role', 'combobox');
  let offer = null;
  let active = -1;
  let isTaking = false;

  function markOpen(isOpen) {
    list.hidden = !isOpen;
    if (isInput) box.setAttribute('aria-expanded', String(isOpen));
  }

  function close() {
    offer = null;
    active = -1;
    box.removeAttribute('aria-activedescendant');
    said.textContent = '';
    markOpen(false);
  }

  function optionOf({ label, means }, index) {
    const option = make('li', { id: `${id}-${index}`, role: 'option', 'aria-selected': 'false' });
    const name = make('code', { class: 'query-word' });
    name.textContent = label;
    option.append(name, means === '' ? '' : ` ${means}`);
    return option;
  }

  function open(isAsked) {
    const isPlain = box.selectionStart === box.selectionEnd;
    offer = isPlain ? suggest(box.value, box.selectionStart, isAsked) : null;
    if (!offer) return close();
    active = -1;
    box.removeAttribute('aria-activedescendant');
    list.replaceChildren(...offer.items.map(optionOf));
    said.textContent = words.texts.count.replace('{n}', String(offer.items.length));
    markOpen(true);
  }

  function choose(index) {
    const options = [...list.children];
    options[active]?.setAttribute('aria-selected', 'false');
    active = (index + options.length) % options.length;
    options[active].setAttribute('aria-selected', 'true');
    options[active].scrollIntoView({ block: 'nearest' });
    box.setAttribute('aria-activedescendant', options[active].id);
  }

  function take(index) {
    const { insert } = offer.items[index];
    const place = offer;
    close();
    isTaking = true;
    replace(box, place, insert);
    isTaking = false;
    // A field wants its value next.
    if (insert.endsWith(':')) open(false);
  }

  const KEYS = {
    ArrowDown: () => choose(active + 1),
    ArrowUp: () => choose(active < 0 ? offer.items.length - 1 : active - 1),
    Enter: () => take(active),
    Tab: () => take(Math.max(0, active)),
    Escape: close,
  };

  function onKey(event) {
    if (event.isComposing) return;
    if (event.ctrlKey && event.key === ' ') {
      event.preventDefault();
      return open(true);
    }
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey;
    const isMeant = offer && isPlain && Object.hasOwn(KEYS, event.key);
    // Enter with nothing chosen goes on doing what it does.
    if (!isMeant || (event.key === 'Enter' && active < 0)) return;
    event.preventDefault();
    event.stopPropagation();
    KEYS[event.key]();
  }

  function onInput({ inputType, isComposing }) {
    if (isTaking) return;
    if (isComposing || /paste|drop|history|delete/i.test(inputType ?? '')) close();
    else open(false);
  }

  function listen() {
    box.addEventListener('keydown', onKey);
    box.addEventListener('input', onInput);
    box.addEventListener('blur', close);
    box.addEventListener('click', close);
    // The box keeps the caret while one clicks.
    list.addEventListener('mousedown', (event) => {
      event.preventDefault();
      const index = [...list.children].indexOf(event.target.closest('[role="option"]'));
      if (index >= 0) take(index);
    });
  }

  return { listen };
}
