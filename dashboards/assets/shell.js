// What every page can do with keys, and which groups of the menu are open. No page needs it.
const GO = { KeyT: '/today', KeyM: '/mentions', KeyC: '/cases', KeyR: '/review' };
const OPEN_GROUPS = 'molva.menu';

let goUntil = 0;

const isTyping = (target) => target.closest('input, textarea, select, [contenteditable]') !== null;

function help() {
  document.getElementById('shortcuts')?.showModal();
}

function search() {
  const box = document.querySelector('[data-query="search"]');
  if (!box) return location.assign('/mentions#q');
  box.focus();
  box.select();
}

document.addEventListener('keydown', (event) => {
  // The page has a use of its own for this key.
  if (event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  if (document.querySelector('dialog[open]')) return;
  const going = Date.now() < goUntil;
  goUntil = 0;
  if (going && event.code in GO) location.assign(GO[event.code]);
  else if (event.key === '?' || (event.shiftKey && event.code === 'Slash')) help();
  else if (event.key === '/' || event.code === 'Slash') search();
  else if (event.code === 'KeyG') goUntil = Date.now() + 1500;
  else return;
  event.preventDefault();
});

for (const opener of document.querySelectorAll('[data-help]')) opener.addEventListener('click', help);

/** A group that somebody has opened stays open on the next page. */
function keepGroups() {
  const groups = [...document.querySelectorAll('.menu details')];
  const wordOf = (group) => group.querySelector('summary').firstChild.textContent;
  const kept = new Set(JSON.parse(localStorage.getItem(OPEN_GROUPS) ?? '[]'));
  for (const group of groups) {
    if (kept.has(wordOf(group))) group.open = true;
    group.addEventListener('toggle', () => {
      const open = groups.filter((one) => one.open).map(wordOf);
      localStorage.setItem(OPEN_GROUPS, JSON.stringify(open));
    });
  }
}

keepGroups();
if (location.hash === '#q') search();
