import { createActionLinks } from '../../../src/act/digest/action-link.ts';
import type { DigestData, DigestTopic } from '../../../src/act/digest/data.ts';
import type { MentionId } from '../../../src/model/ids.ts';
import type { Language } from '../../../src/model/user.ts';
import { TEST_VAULT } from '../../support/rows.ts';

const linksOf = createActionLinks(TEST_VAULT.hash, 'https://molva.example', {
  recipient: 3,
  at: new Date('2026-11-22T06:00:00Z'),
});
const actionsOf = (id: number) => linksOf({ mentionId: id as MentionId, revision: 1 });

export function sampleTopic(change: Partial<DigestTopic> = {}): DigestTopic {
  return {
    name: 'Ромашка',
    total: 42,
    usual: {
      total: { typical: 25, low: 16, high: 34, times: 8 },
      negative: { typical: 6, low: 2, high: 11, times: 8 },
    },
    negative: 14,
    neutral: 16,
    positive: 11,
    unsure: 1,
    top: [
      {
        title: 'Возврат за чайник: третья неделя',
        excerpt: 'Третью неделю не могу вернуть деньги за чайник, поддержка «Ромашки» отвечает отписками.',
        url: 'https://forum.example/viewtopic.php?f=2&t=11#p123',
        site: 'forum.example',
        author: 'Анна К.',
        sentiment: 'negative',
        actions: actionsOf(11),
      },
      {
        title: null,
        excerpt: 'Взяла у них корзину для белья, стоит и радует.',
        url: 'https://blog.example/posts/7',
        site: 'blog.example',
        author: null,
        sentiment: 'positive',
        actions: actionsOf(12),
      },
    ],
    ...change,
  };
}

export function sampleDigest(language: Language = 'ru', change: Partial<DigestData> = {}): DigestData {
  return {
    recipient: { email: 'pr@romashka.example', language, zone: 'Europe/Moscow' },
    period: { from: new Date('2026-11-21T06:00:00Z'), to: new Date('2026-11-22T06:00:00Z') },
    dashboardUrl: 'https://molva.example/',
    unsubscribeUrl: 'https://molva.example/unsubscribe/abc',
    duties: [
      {
        customerName: 'Анна Ковалёва',
        tier: 'MVC',
        severity: 3,
        reason: 'service',
        excerpt:
          'Третью неделю не могу вернуть деньги за чайник. Заказ отменили сами, а возврат «в обработке».',
        link: 'https://molva.example/cases/1',
        openedAt: new Date('2026-11-21T18:40:00Z'),
        dueAt: new Date('2026-11-22T05:40:00Z'),
        owner: null,
        actions: actionsOf(13),
      },
      {
        customerName: 'Пётр Никифоров',
        tier: 'BZC',
        severity: 1,
        reason: 'delivery',
        excerpt: 'Курьер опоздал на четыре часа и не позвонил.',
        link: 'https://molva.example/cases/2',
        openedAt: new Date('2026-11-22T03:10:00Z'),
        dueAt: new Date('2026-11-23T03:10:00Z'),
        owner: 'Мария Орлова',
        actions: actionsOf(14),
      },
    ],
    dutyCounts: { late: 1, soon: 1, later: 0 },
    reviews: 2,
    complaints: [
      {
        author: 'lesnik_77',
        site: 'forum.example',
        excerpt: 'Доставку перенесли в третий раз, и ни одного звонка.',
        link: 'https://molva.example/mentions/9',
        actions: actionsOf(15),
      },
    ],
    topics: [
      sampleTopic(),
      sampleTopic({
        name: 'Лютик',
        total: 1,
        usual: {
          total: { typical: 3, low: 0, high: 7, times: 8 },
          negative: { typical: 0, low: 0, high: 2, times: 8 },
        },
        negative: 0,
        neutral: 0,
        positive: 1,
        unsure: 0,
        top: [],
      }),
      sampleTopic({
        name: 'Daisy & Co',
        total: 0,
        usual: { total: { times: 2, needed: 4 }, negative: { times: 2, needed: 4 } },
        negative: 0,
        neutral: 0,
        positive: 0,
        unsure: 0,
        top: [],
      }),
    ],
    stories: [
      {
        title: 'Склад «Ромашки» в Подольске закрыт после пожара',
        excerpt: 'Заказы, которые лежали на складе, повезут из Твери, сроки сдвинутся на неделю.',
        site: 'Городской портал',
        author: 'redaktor',
        documents: 14,
        added: 12,
        sources: 5,
        reach: 120_000,
        reachOf: 9,
        link: 'https://molva.example/stories/4',
        firstLink: 'https://molva.example/mentions/77',
      },
    ],
    news: [
      {
        topic: 'Ромашка',
        phrase: 'приложение не работает',
        mentions: 14,
        share: 0.062,
        shareBefore: null,
        tones: { negative: 12, neutral: 1, positive: 0, unsure: 1 },
        link: 'https://molva.example/mentions?topic=romashka&q=app+crashes',
      },
      {
        topic: 'Ромашка',
        phrase: 'курьер',
        mentions: 9,
        share: 0.04,
        shareBefore: 0.004,
        tones: { negative: 2, neutral: 6, positive: 1, unsure: 0 },
        link: 'https://molva.example/mentions?topic=romashka&q=courier',
      },
    ],
    sourceErrors: [{ name: 'Форум «Хозяйка»', message: 'не отвечает с 12:40 (ошибка 503)' }],
    ...change,
  };
}

export const nothing = {
  duties: [],
  dutyCounts: { late: 0, soon: 0, later: 0 },
  reviews: 0,
  complaints: [],
  topics: [],
  stories: [],
  news: [],
  sourceErrors: [],
} satisfies Partial<DigestData>;
