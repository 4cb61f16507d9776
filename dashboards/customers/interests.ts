import { html, type Markup } from '../../src/lib/html.ts';
import { CONSENT_PURPOSES, type Consent } from '../../src/model/customer.ts';
import type { PreferredContact } from '../../src/model/value.ts';
import type { Interest } from '../../src/store/customer-interests.ts';
import { type ConsentFact, newestConsents } from '../../src/value/consent.ts';
import { hasRight, type Viewer } from '../auth/session.ts';
import { day, number } from '../views/format.ts';
import { csrfField } from '../views/layout.ts';
import type { CardFacts } from './facts.ts';
import { channelName } from './words.ts';

function fact(name: string, value: Markup | string): Markup {
  return html`<dt>${name}</dt><dd>${value}</dd>`;
}

function renderContact(viewer: Viewer, contact: PreferredContact | null): Markup {
  const { t } = viewer;
  if (!contact)
    return fact(t('interests.channel'), html`<span class="muted">${t('interests.channel.unknown')}</span>`);
  const { channel, basis, times, of, hour } = contact;
  const where = fact(
    t('interests.channel'),
    t(`interests.channel.${basis}`, { channel: channelName(viewer, channel), times, of }),
  );
  if (!hour) return where;
  return html`${where}${fact(t('interests.hour'), t('interests.hour.known', { hour: hour.hour, times: hour.times, of: hour.of }))}`;
}

function renderConsents(viewer: Viewer, consents: readonly ConsentFact[]): Markup {
  const { t } = viewer;
  const items = newestConsents(consents).map(({ channel, purpose, state, at }: Omit<Consent, 'origin'>) => {
    const known = CONSENT_PURPOSES.includes(purpose) ? t(`consent.${purpose}`) : purpose;
    return html`<li>${channel === 'any' ? t('consent.any') : channelName(viewer, channel)}, ${known}: <strong>${t(`consent.${state}`)}</strong> <span class="muted">${day(viewer, at)}</span></li>`;
  });
  return fact(
    t('interests.consents'),
    items.length > 0
      ? html`<ul class="plain">${items}</ul>`
      : html`<span class="muted">${t('interests.consents.none')}</span>`,
  );
}

function renderInterest(
  viewer: Viewer,
  customer: number,
  { interest, origin, source, at }: Interest,
): Markup {
  const { t } = viewer;
  const said = source.includes('@') ? html` · ${source}` : '';
  const remove = hasRight(viewer.user, 'customers:work')
    ? html`<form method="post" action="/customers/${customer}/interests/remove" class="inline">${csrfField(viewer)}<input type="hidden" name="interest" value="${interest}"><button class="link" aria-label="${t('interests.remove.named', { interest })}">${t('interests.remove')}</button></form>`
    : '';
  return html`<li><strong>${interest}</strong> <span class="muted">${t(`interests.${origin}`)}${said}, ${day(viewer, at)}</span> ${remove}</li>`;
}

export interface InterestForm {
  value: string;
  mistake: string;
}

function renderAdd(viewer: Viewer, customer: number, { value, mistake }: InterestForm): Markup {
  if (!hasRight(viewer.user, 'customers:work')) return html``;
  const { t } = viewer;
  return html`${mistake ? html`<p class="error" role="alert" id="interest-mistake">${mistake}</p>` : ''}
    <form method="post" action="/customers/${customer}/interests" class="row interest-add">${csrfField(viewer)}
      <label class="grow">${t('interests.add.label')} <input name="interest" value="${value}" maxlength="80" required autocomplete="off"${mistake ? html` aria-invalid="true" aria-describedby="interest-mistake"` : ''}></label><button>${t('interests.add')}</button></form>`;
}

/** Where and when he answers, what he agreed to, what he likes; each with where it comes from. */
export function renderInterests(
  viewer: Viewer,
  { customer, interests, consents, value }: CardFacts,
  form: InterestForm,
): Markup {
  const { t } = viewer;
  const kept = interests.filter(({ removedAt }) => removedAt === null);
  const list =
    kept.length === 0
      ? html`<p class="muted">${t('interests.none')}</p>`
      : html`<ul class="plain interests">${kept.map((one) => renderInterest(viewer, customer.id, one))}</ul>`;
  return html`<section id="interests"><h2>${t('card.interests')}</h2><dl class="facts">${renderContact(viewer, value.contact)}${renderConsents(viewer, consents)}</dl>
    <h3>${t('interests.likes')}${kept.length > 0 ? html` <span class="muted">${number(viewer, kept.length)}</span>` : ''}</h3>${list}${renderAdd(viewer, customer.id, form)}<p class="muted"><small>${t('interests.guarded')}</small></p></section>`;
}
