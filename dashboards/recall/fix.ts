import { html, type Markup } from '../../src/lib/html.ts';
import type { MissFix } from '../../src/model/recall.ts';
import type { Topic } from '../../src/model/topic.ts';
import type { Miss } from '../../src/store/recall-misses.ts';
import type { Viewer } from '../auth/session.ts';
import { SELECTORS_PATH } from '../sources/selector-page.ts';
import { lengthOf } from '../sources/words.ts';
import { csrfField } from '../views/layout.ts';

type Fields = Record<string, string | number>;

function button(viewer: Viewer, action: string, word: string, fields: Fields = {}, more = html``): Markup {
  const hidden = Object.entries(fields).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${action}">${csrfField(viewer)}${hidden}${more}<button class="primary">${word}</button></form>`;
}

function link(href: string, word: string): Markup {
  return html`<a class="button" href="${href}">${word}</a>`;
}

/** Which topic is to have the text for an example: the one that is nearest comes first. */
function exampleButton(viewer: Viewer, miss: Miss, topic: string | null, topics: readonly Topic[]): Markup {
  const { t } = viewer;
  const options = topics.map(
    ({ key, name }) => html`<option value="${key}"${key === topic ? html` selected` : ''}>${name}</option>`,
  );
  const choice = html`<label>${t('recall.stage.query')} <select name="topic">${options}</select></label> `;
  return button(viewer, `/recall/${miss.id}/example`, t('recall.fix.add-example'), {}, choice);
}

/** The next step as something to press; each really does it, or leads to where it is done. */
export function renderFix(viewer: Viewer, miss: Miss, fix: MissFix | null, topics: readonly Topic[]): Markup {
  const { t } = viewer;
  switch (fix?.kind) {
    case undefined:
      return html``;
    case 'add-source':
      return button(viewer, '/sources/find', t('recall.fix.add-source'), { address: fix.address });
    case 'restore-source':
      return button(viewer, '/sources/add', t('recall.fix.restore-source'), {
        kind: fix.sourceKind,
        url: fix.url,
        name: fix.name,
      });
    case 'enable-source':
      return button(viewer, `/sources/${fix.source}/enabled`, t('recall.fix.enable-source'), { enabled: 1 });
    case 'crawl-now':
      return button(viewer, `/sources/${fix.source}/now`, t('recall.fix.crawl-now'));
    case 'mend-selectors':
      return link(`${SELECTORS_PATH}?source=${fix.source}`, t('recall.fix.mend-selectors'));
    case 'look-at-source':
      return link(`/sources/${fix.source}`, t('recall.fix.look-at-source'));
    case 'shorten-interval':
      return button(
        viewer,
        `/sources/${fix.source}/schedule`,
        t('recall.fix.shorten-interval', { time: lengthOf(viewer, fix.everyMs) }),
        { kind: fix.schedule, every: Math.max(1, Math.round(fix.everyMs / 60_000)) },
      );
    case 'add-example':
      return exampleButton(viewer, miss, fix.topic, topics);
    case 'open-topic':
      return link(
        fix.topic === '' ? '/topics#form' : `/topics?edit=${fix.topic}#form`,
        t('recall.fix.open-topic'),
      );
    case 'restore-mention':
      return button(viewer, '/mentions/status', t('recall.fix.restore-mention'), {
        mention: fix.mention,
        status: 'new',
      });
    case 'empty-basket':
      return button(viewer, '/basket/restore', t('recall.fix.restore-mention'), { mention: fix.mention });
    case 'rematch':
      return button(viewer, `/recall/${miss.id}/rematch`, t('recall.fix.rematch'));
    case 'open-document':
      return link(`/mentions/${fix.document}`, t('recall.fix.open-document'));
  }
}
