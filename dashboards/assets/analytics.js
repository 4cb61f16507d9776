// Hover tells what a mark is at once; slow blocks come by themselves when they are scrolled to, and tables when they are opened. No page needs it.
const said = document.createElement('div');
said.className = 'shown-value';
said.hidden = true;
said.setAttribute('aria-hidden', 'true');
document.body.append(said);

/** The browser's own hint would come later and stand beside ours. */
function takeWords(link) {
  const title = link.querySelector('title');
  if (title) {
    link.dataset.words = title.textContent;
    title.remove();
  }
  return link.dataset.words ?? '';
}

document.addEventListener('pointerover', (event) => {
  const link = event.target.closest?.('.block svg a');
  const words = link ? takeWords(link) : '';
  said.hidden = words === '';
  said.textContent = words;
});

document.addEventListener('pointermove', (event) => {
  if (said.hidden) return;
  const left = Math.min(event.pageX + 12, document.documentElement.clientWidth - said.offsetWidth - 8);
  said.style.left = `${Math.max(8, left)}px`;
  said.style.top = `${event.pageY + 16}px`;
});

/** What our server has drawn at that address; null when it does not come. */
async function drawn(address) {
  const answer = await fetch(address, { headers: { accept: 'text/html' } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  return new DOMParser().parseFromString(await answer.text(), 'text/html');
}

async function bring(block) {
  const page = await drawn(block.dataset.late);
  const came = page?.querySelector('.block');
  if (came) block.replaceWith(document.adoptNode(came));
  else if (page) block.remove();
}

// It does not bubble: it is caught on its way down.
document.addEventListener(
  'toggle',
  async ({ target }) => {
    const place = target.open ? target.querySelector(':scope > [data-table]') : null;
    const page = place && (await drawn(place.dataset.table));
    const table = page?.querySelector('.block details > :not(summary)');
    if (table) place.replaceWith(document.adoptNode(table));
  },
  true,
);

const seen = new IntersectionObserver(
  (entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      seen.unobserve(target);
      bring(target);
    }
  },
  { rootMargin: '300px' },
);
for (const block of document.querySelectorAll('[data-late]')) seen.observe(block);
