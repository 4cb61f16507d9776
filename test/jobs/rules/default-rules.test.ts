import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { decideByPerson } from '../../../src/act/rules/by-person.ts';
import { correct } from '../../../src/jobs/correct.ts';
import { retagOutdated } from '../../../src/jobs/retag.ts';
import { DEFAULT_RULES, seedRules } from '../../../src/jobs/rules/default-rules.ts';
import type { DocumentId } from '../../../src/model/ids.ts';
import type { Database } from '../../../src/store/db.ts';
import { countBasket } from '../../../src/store/decisions.ts';
import { getDocument } from '../../../src/store/documents.ts';
import { findRule, listRules, removeRule } from '../../../src/store/rules.ts';
import { addTopic, countRows } from '../../support/rows.ts';
import { DRIVERS, openTestStore } from '../../support/store.ts';
import { openRuleWorld, type RuleWorld, ruleOf } from './rule-world.ts';

const ADVERT =
  'Скидка 20 % на букеты в магазине Ромашка по промокоду ЛЕТО, только до воскресенья, бесплатная доставка!';
const VACANCY =
  'Вакансия: в компанию Ромашка требуется курьер. Зарплата 80 000, график 5/2, оформление по ТК. Резюме отправляйте в личку';
const GIVEAWAY =
  'Розыгрыш от Ромашка! Сделай репост и отметь друга, победителя выберем в пятницу, приз — букет';
const SPAM = 'Взаимный фолловинг, накрутка подписчиков дёшево Ромашка';

/** People who complain of adverts, giveaways and vacancies sound like these. */
const COMPLAINTS = [
  'Розыгрыш! Ромашка обещала приз победителю и не отдаёт его третью неделю, верните деньги!',
  'Ромашка провела розыгрыш, я выиграл, а приз так и не прислали. Репост делал, отмечал друзей, всё зря',
  'Участвовал в розыгрыше Ромашка, сделал репост, подписался, победителя выбрали своего. Обман!',
  'Ромашка не приняла промокод, скидка 20 % не применилась, хотя в рекламе бесплатная доставка',
  'По промокоду Ромашка обещали скидку, заказал с бесплатной доставкой, а списали полную цену. Верните разницу',
  'Акция «скидка 50 %» в Ромашка — враньё, на кассе пробили полную цену',
  'Ромашка шлёт спам каждый день, отключите рассылку, достали',
  'Достали звонки из Ромашка с предложением кредита, уберите мой номер',
  'Не могу погасить кредит Ромашка онлайн http://t.co/abc',
  'Ходил на собеседование в Ромашка: вакансия курьера, зарплата 80 000, график 5/2 — по факту платят половину',
  'Устроился в Ромашка, оклад обещали 60 000, график 2/2, зарплату задерживают второй месяц',
  'Кто-нибудь получил приз в розыгрыше Ромашка? Мне не отвечают уже месяц',
  'Ромашка, где мой подарок за репост? Обещали выслать победителям ещё в августе',
  'Ромашка giveaway was a scam: followed and retweeted, won, never got the prize',
  'Entered the Ромашка giveaway, follow and retweet done, they picked a fake winner',
  'Ромашка promo code SUMMER does not work at checkout, free shipping was a lie',
  'Розыгрыш Ромашка — выиграла букет, прислали увядший',
  'Итоги розыгрыша Ромашка подтасованы, победители — боты',
  'Ромашка разыгрывает айфон, а наушники покупателям второй месяц везёт',
  'Вакансия Ромашка: обещали 80 000 и график 5/2, заплатили 30 000',
  'Retweeted and followed Ромашка for a chance to win, it was their own manager',
  'Won a prize in the Ромашка contest and they refuse to send it',
];

describe.each(DRIVERS)('rules that come with the program on %s', (driver) => {
  let db: Database;
  let world: RuleWorld;
  const seed = () => db.transaction((tx) => seedRules(tx, world.clock.now()));
  const keys = async () => (await listRules(db)).map(({ key }) => key);
  const hidden = async () => (await world.mentions()).filter(({ basketAt }) => basketAt !== null);
  beforeAll(async () => {
    db = await openTestStore(driver);
  });
  afterAll(() => db.close());
  beforeEach(async () => {
    world = await openRuleWorld(db);
    await seed();
  });

  it('can be used as they are, and say who has saved them', async () => {
    await world.deps.rules.current(db);
    const rules = await listRules(db);
    expect(rules.map(({ key, condition, trouble }) => ({ key, condition, trouble }))).toEqual(
      DEFAULT_RULES.map(({ key, condition }) => ({ key, condition, trouble: null })),
    );
    expect(await db.query(`select distinct actor from audit where action = 'rule.saved'`)).toEqual([
      { actor: 'molva' },
    ]);
  });

  it('are given once: what a person has changed stays, and what one has deleted does not come back', async () => {
    const [first, second] = DEFAULT_RULES;
    await world.save({ ...first!, condition: 'intent:spam sure>=99', enabled: false });
    await db.transaction((tx) => removeRule(tx, second!.key, world.clock.now()));
    await seed();
    expect(await keys()).toEqual(DEFAULT_RULES.map(({ key }) => key).filter((key) => key !== second!.key));
    expect(await findRule(db, first!.key)).toMatchObject({
      condition: 'intent:spam sure>=99',
      enabled: false,
      version: 2,
    });
  });

  it('are given to an installation that has rules of its own, behind them, and none of the same key is touched', async () => {
    await db.query('truncate rules, seeded_rules cascade');
    await world.save(ruleOf('own', 'ромашка', { tags: ['своё'] }));
    await world.save(ruleOf('basket-spam', 'ромашка', { tags: ['чужое'] }));
    await seed();
    expect(await keys()).toEqual([
      'own',
      'basket-spam',
      'basket-adverts',
      'basket-vacancies',
      'basket-giveaways',
    ]);
    expect((await findRule(db, 'basket-spam'))!.actions).toEqual({ tags: ['чужое'] });
  });

  it('are given once by two programs that start at the same moment', async () => {
    await db.query('truncate rules, seeded_rules cascade');
    await Promise.all([seed(), seed()]);
    expect(await countRows(db, 'rules')).toBe(DEFAULT_RULES.length);
    expect(await countRows(db, 'rule_versions')).toBe(DEFAULT_RULES.length);
  });

  it('put adverts, vacancies, giveaways and spam into the basket, each by its rule, and keep them', async () => {
    await world.publish(ADVERT, VACANCY, GIVEAWAY, SPAM);
    const counts = await countBasket(db);
    expect(counts.map(({ rule, count }) => ({ rule, count }))).toEqual(
      ['basket-adverts', 'basket-giveaways', 'basket-spam', 'basket-vacancies'].map((rule) => ({
        rule,
        count: 1,
      })),
    );
    expect(await countRows(db, 'documents')).toBe(4);
    expect(await countRows(db, 'mentions')).toBe(4);
  });

  it('never hide a complaint of an advert, a giveaway, a vacancy or spam', async () => {
    await world.publish(...COMPLAINTS);
    expect(await world.mentions()).toHaveLength(COMPLAINTS.length);
    expect(await hidden()).toEqual([]);
  });

  it.each([
    'alert',
    'review',
  ])('never hide a post of the level %s, towards whichever of its topics that is', async (level) => {
    await addTopic(db, 'bouquets', 'букет');
    await world.publish(ADVERT);
    expect(await hidden()).toHaveLength(2);
    await db.query('update mentions set basket_at = null, decided = $1::jsonb', ['{}']);
    await db.query(
      `update mentions set complaint = complaint || jsonb_build_object('level', $1::text) where topic_id = (select id from topics where key = 'bouquets')`,
      [level],
    );
    await db.query('update document_progress set acted = 0');
    const [mention] = await world.mentions();
    await db.transaction((tx) => world.deps.queue.send(tx, 'act', { documentIds: [mention!.documentId] }));
    await world.work();
    expect(await hidden()).toEqual([]);
  });

  it('leave alone what a model is not sure of', async () => {
    await world.publish(ADVERT);
    await db.query('update mentions set basket_at = null, decided = $1::jsonb', ['{}']);
    await db.query(`update tags set value = value || '{"confidence": 0.899}' where kind = 'kind'`);
    const [mention] = await world.mentions();
    await db.transaction((tx) => world.deps.queue.send(tx, 'act', { documentIds: [mention!.documentId] }));
    await world.work();
    expect(await hidden()).toEqual([]);
  });

  it('leave restored what a person has restored, also when it is tagged again and edited', async () => {
    await world.publish(ADVERT);
    const [mention] = await hidden();
    const wishes = () => [{ action: 'basket', isThere: false } as const];
    await db.transaction((tx) =>
      decideByPerson(tx, mention!.id, wishes, 'anna@pr.example', world.clock.now()),
    );
    await db.query(
      `update tags set version = 'old', value = '{"kind": "other", "confidence": 0.2}' where kind = 'kind'`,
    );
    await retagOutdated(world.deps);
    await world.work();
    expect(await db.query(`select value->>'kind' as kind from tags where kind = 'kind'`)).toEqual([
      { kind: 'advert' },
    ]);
    expect(await hidden()).toEqual([]);
    expect((await world.mentions())[0]).toMatchObject({ id: mention!.id, basketAt: null });
  });

  it('give back what a person says is a complaint', async () => {
    await world.publish(ADVERT);
    const [mention] = await hidden();
    const { revision } = (await getDocument(db, mention!.documentId as DocumentId))!;
    const request = {
      documentId: mention!.documentId,
      revision,
      kind: 'complaint',
      target: 'romashka',
      said: { isComplaint: true },
      by: 'anna@pr.example',
    };
    await db.transaction((tx) => correct(tx, world.deps, request));
    await world.work();
    expect(await hidden()).toEqual([]);
  });
});
