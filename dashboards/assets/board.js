// A case is dragged to another column. What its own form does is done; without scripts the form does it.
const board = document.querySelector('.board');
const failed = document.querySelector('[data-failed]');
let dragged = null;

board.addEventListener('dragstart', (event) => {
  dragged = event.target.closest('[data-case]');
  event.dataTransfer?.setData('text/plain', dragged?.dataset.case ?? '');
});
board.addEventListener('dragover', (event) => {
  const column = event.target.closest('[data-status]');
  if (!dragged || !column || column.contains(dragged)) return;
  event.preventDefault();
  column.setAttribute('data-over', '');
});
board.addEventListener('dragleave', (event) => {
  event.target.closest('[data-status]')?.removeAttribute('data-over');
});
board.addEventListener('drop', async (event) => {
  const column = event.target.closest('[data-status]');
  if (!dragged || !column) return;
  event.preventDefault();
  column.removeAttribute('data-over');
  const form = dragged.querySelector('form');
  const body = new URLSearchParams(new FormData(form));
  body.set('status', column.dataset.status);
  try {
    const response = await fetch(form.getAttribute('action'), { method: 'POST', body });
    if (!response.ok) throw new Error(String(response.status));
    location.reload();
  } catch {
    failed.hidden = false;
  }
});
