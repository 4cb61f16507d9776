export interface Person {
  /** Number of the profile on the forum. */
  id: number;
  /** Shown beside the handle. */
  from?: string;
  /** Stands under each of the person's posts and is not part of them. */
  signature?: string;
  /** External id in the customer register. */
  customer?: string;
}

/** Everybody who writes in the sample world, by handle. */
export const PEOPLE: Record<string, Person> = {
  anna_k: { id: 7, from: 'Тверь', customer: 'C-1001' },
  serg_volkov: { id: 12, from: 'Казань', customer: 'C-1002' },
  petr_nik: { id: 15, from: 'Псков', customer: 'C-1003' },
  olga_m: { id: 19, from: 'Самара', signature: 'Счастье — это чистая плита', customer: 'C-1004' },
  igor_s: { id: 21, from: 'Пермь', customer: 'C-1005' },
  marina_testo: { id: 23, from: 'Москва', customer: 'C-1006' },
  lena_fartuk: { id: 24, from: 'Рязань', customer: 'C-1007' },
  emily_r: { id: 31, from: 'Leeds', customer: 'C-1015' },
  grace_holt: { id: 32, from: 'Bath', customer: 'C-1016' },
  lesnik_77: { id: 41, from: 'опушка', signature: 'Отправлено из леса' },
  kot_matroskin: {
    id: 42,
    signature: 'Ромашка, Лютик — мне всё равно, лишь бы молоко не кончалось. Ужасно, когда кончается.',
  },
  tanya_ch: { id: 43, from: 'Омск', signature: 'Мой промокод в «Ромашке»: TANYA10' },
  dok: { id: 44 },
  marusya: { id: 45, from: 'Вологда' },
  vasya_plitka: { id: 46 },
  nadya_b: { id: 47, from: 'Тула' },
  tomcat: { id: 48, from: 'York', signature: 'Daisy & Co: never again. Ask me why.' },
  penny_lane: { id: 49 },
  romashka_support: { id: 50, from: 'Представитель магазина' },
  daisy_care: { id: 51, from: 'Daisy & Co, customer care' },
  dvornik: { id: 61 },
  holly_finch: { id: 62 },
  bulkin: { id: 63 },
};
