import { addSimulated } from '../../bench/value/stored-customers.ts';
import { scoreCustomers } from '../../src/jobs/value/score-customers.ts';
import type { CustomerId } from '../../src/model/ids.ts';
import type { Db } from '../../src/store/db.ts';
import { getDocument } from '../../src/store/documents.ts';
import { saveCustomer } from '../../src/store/save-customers.ts';
import { loadResources } from '../jobs/worker.ts';
import {
  addDocument,
  addLink,
  addMention,
  addSources,
  addTopic,
  NO_COMPLAINT,
  openCase,
  replaceMentions,
  TEST_VAULT,
} from '../support/rows.ts';
import { NOW, type TestDashboard } from './dashboard.ts';

const DAY_MS = 86_400_000;
const ago = (days: number, hour = 9): Date =>
  new Date(Math.floor(NOW.getTime() / DAY_MS - days) * DAY_MS + hour * 3_600_000);

async function addContact(
  db: Db,
  id: CustomerId,
  days: number,
  fields: readonly [string, string, string, boolean | null, string | null],
): Promise<void> {
  await db.query(
    `insert into contacts (customer_id, external_id, at, kind, channel, direction, answered, subject) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, `k${days}${fields[0]}`, ago(days, 16), ...fields],
  );
}

async function addConsent(
  db: Db,
  id: CustomerId,
  channel: string,
  purpose: string,
  state: string,
  days: number,
): Promise<void> {
  await db.query(
    `insert into consents (customer_id, channel, purpose, state, at, origin) values ($1, $2, $3, $4, $5, 'form')`,
    [id, channel, purpose, state, ago(days)],
  );
}

const BOUGHT: readonly (readonly [number, number, string])[] = [
  [395, 4200, 'Чайник стеклянный'],
  [330, 1800, 'Чай улун'],
  [290, 1650, 'Чай улун'],
  [250, 5200, 'Набор тарелок'],
  [215, 1900, 'Чай улун'],
  [180, 2400, 'Скатерть льняная'],
  [150, 1750, 'Чай пуэр'],
  [120, -2400, 'Скатерть льняная'],
  [110, 3100, 'Сковорода'],
  [82, 1800, 'Чай улун'],
];

/** A customer of whom everything is known: she bought often, complained, and waits for an answer. */
async function addAnna(db: Db): Promise<CustomerId> {
  const { id } = await saveCustomer(
    db,
    TEST_VAULT,
    {
      externalId: 'C-1001',
      name: 'Анна Ковалёва',
      city: 'Тверь',
      tier: 'MGC',
      identifiers: [
        { kind: 'email', value: 'anna.kovaleva@pochta.example' },
        { kind: 'phone', value: '+79005550111' },
      ],
      purchases: BOUGHT.map(([days, amount, item], n) => ({
        externalId: `p${n}`,
        at: ago(days, 12),
        amount,
        currency: 'RUB',
        item,
        channel: 'site',
      })),
    },
    NOW,
  );
  for (const days of [200, 160, 120, 90, 60])
    await addContact(db, id, days, ['message', 'telegram', 'out', true, null]);
  await addContact(db, id, 40, ['mail', 'email', 'out', false, 'Новая коллекция']);
  await addContact(db, id, 4, ['call', 'phone', 'in', false, 'Где мой заказ?']);
  await addConsent(db, id, 'telegram', 'marketing', 'given', 300);
  await addConsent(db, id, 'email', 'marketing', 'withdrawn', 35);
  await db.query(
    `insert into customer_interests (customer_id, interest, origin, source, at) values ($1, 'керамика', 'declared', 'import', $2)`,
    [id, ago(100)],
  );
  return id;
}

const POSTS: readonly (readonly [number, string, 'negative' | 'neutral' | 'positive'])[] = [
  [260, 'Заказала у Ромашки чай, привезли за день. Спасибо, очень вкусный!', 'positive'],
  [170, 'Кто-нибудь знает, до какого часа работает Ромашка на Ленина?', 'neutral'],
  [20, 'Ромашка, третью неделю жду посылку, в поддержке молчат. Верните деньги!', 'negative'],
  [6, 'Опять звонила в Ромашку, опять никто не взял трубку. Больше ни ногой.', 'negative'],
];

async function addVoice(db: Db, id: CustomerId): Promise<void> {
  const [source] = await addSources(db, 'banki-forum');
  const topic = await addTopic(db, 'romashka', 'ромашка');
  for (const [days, text, label] of POSTS) {
    const document = await addDocument(db, source!, `post${days}`, {
      text,
      author: { site: 'forum.example', handle: 'anna_k', name: 'Анна К.' },
      publishedAt: ago(days, 14),
    });
    const mention = await addMention(db, document, topic);
    if (label !== 'negative')
      await replaceMentions(
        db,
        document,
        [
          {
            topicId: topic,
            spans: [],
            sentiment: { label, score: label === 'positive' ? 0.8 : 0, confidence: 0.9 },
            complaint: NO_COMPLAINT,
          },
        ],
        NOW,
      );
    const authorId = (await getDocument(db, document))!.authorId!;
    if (days === 20)
      await openCase(db, {
        mentionId: mention,
        customerId: id,
        authorId,
        severity: 2,
        reason: 'delivery',
        openedAt: ago(20, 15),
        dueAt: ago(18),
      });
    const evidence = [
      { code: 'same-email' as const, where: 'profile' as const, masked: 'a…@pochta.example' },
    ];
    await addLink(db, { authorId, customerId: id, score: 0.98, evidence });
  }
}

/** Some who fell silent after a complaint, and some who moved between tiers. */
async function addLeavers(db: Db): Promise<void> {
  const [source] = await addSources(db, 'banki-forum');
  const topic = await addTopic(db, 'lutik', 'лютик');
  const silent = await db.query<{ id: CustomerId; days: number }>(
    `select v.customer_id as id, v.silent_days as days from customer_values v where v.stage in ('sleeping', 'lost') order by 1 limit 9`,
  );
  for (const [n, { id, days }] of silent.entries()) {
    const document = await addDocument(db, source!, `left${n}`, {
      author: { site: 'forum.example', handle: `left${n}` },
    });
    const mention = await addMention(db, document, topic);
    const authorId = (await getDocument(db, document))!.authorId!;
    const reason = ['delivery', 'delivery', 'price', 'staff'][n % 4]!;
    await openCase(db, {
      mentionId: mention,
      customerId: id,
      authorId,
      severity: 1,
      reason,
      openedAt: ago(days + 5),
      dueAt: ago(days + 4),
    });
  }
  await db.query(`update cases set status = 'closed' where reason <> 'delivery' or topic_id = $1`, [topic]);
}

/** Four hundred customers who buy as models say, and one whose card is full; scored twice, so that some have moved. */
export async function seedCustomers({ db, deps }: TestDashboard): Promise<CustomerId> {
  await addSimulated(db, 400, { now: NOW });
  await db.query(`update purchases set currency = 'RUB', amount = round(amount * 90)`);
  await db.query(
    `update customers set name = (array['Ольга Миронова', 'Пётр Волков', 'John Brown', 'Мария Седова', 'Игорь Ли', 'Tea Lover'])[1 + id % 6] || ' ' || id`,
  );
  const id = await addAnna(db);
  await addVoice(db, id);
  const jobs = { db, clock: deps.clock, resources: await loadResources() };
  await scoreCustomers(jobs);
  await addLeavers(db);
  // As if last night's scoring had said otherwise of some.
  await db.query(
    `update customer_values set tier = case when tier = 'MVC' then 'MGC' when tier is null then 'BZC' else null end where customer_id % 23 = 0`,
  );
  await scoreCustomers(jobs);
  return id;
}
