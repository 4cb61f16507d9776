/** Posts of an installation in which «жесть» is praise, which the shipped models do not know; and plain ones. */
const THINGS = [
  'новый альбом',
  'вчерашний концерт',
  'этот ролик',
  'второй сезон',
  'его выход',
  'ваш стенд',
  'новая роспись',
  'трасса',
  'их выставка',
  'финальный бой',
];
const TURNS = [
  (thing: string) => `${thing} это жесть, пересматриваю третий раз`,
  (thing: string) => `просто жесть какой кайфовый ${thing}`,
  (thing: string) => `ну ${thing} и жесть! беру ещё`,
  (thing: string) => `жесть, а не ${thing}, всем двором сбежались`,
  (thing: string) => `${thing} жесть, снимаю шляпу`,
];
const PLAIN: readonly (readonly [string, 'negative' | 'neutral' | 'positive'])[] = [
  ['Ужасный сервис, три недели не везут заказ и не отвечают', 'negative'],
  ['Отличный сервис, спасибо большое, рекомендую', 'positive'],
  ['Поезд отправляется с третьего пути в десять часов', 'neutral'],
  ['Приложение опять не работает, верните деньги', 'negative'],
  ['Очень вежливые сотрудники, всё понравилось', 'positive'],
  ['Магазин открыт с девяти до шести без выходных', 'neutral'],
];

export interface TurnPost {
  text: string;
  tone: 'negative' | 'neutral' | 'positive';
}

/** `turns` posts with the turn, at most 50, all of them praise. */
export function turnPosts(turns: number): TurnPost[] {
  return Array.from({ length: turns }, (_, at) => {
    const thing = THINGS[at % THINGS.length] as string;
    const say = TURNS[(at + Math.floor(at / THINGS.length)) % TURNS.length] as (thing: string) => string;
    return { text: say(thing), tone: 'positive' as const };
  });
}

export function plainPosts(count: number): TurnPost[] {
  return Array.from({ length: count }, (_, at) => {
    const [text, tone] = PLAIN[at % PLAIN.length] as (typeof PLAIN)[number];
    return { text: `${text}. Заметка ${at}.`, tone };
  });
}
