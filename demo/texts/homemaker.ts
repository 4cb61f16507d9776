import type { SampleArticle } from './sample.ts';

/** "The Quiet Homemaker": a blog in English. */
export const HOMEMAKER: SampleArticle[] = [
  {
    slug: 'linen-basket',
    title: 'The linen basket that survived my twins',
    hoursAgo: 68,
    author: 'holly_finch',
    about: { daisy: 'positive' },
    body: [
      'I bought this basket from Daisy & Co last spring and it is still perfect. Sturdy, pretty, and it arrived a day early.',
      'I love it, and I would happily buy another one.',
    ],
  },
  {
    slug: 'sourdough',
    title: 'Sourdough, day nine',
    hoursAgo: 63,
    author: 'holly_finch',
    body: ['The starter doubled overnight. It smells of apples and wet stone, which the books say is right.'],
  },
  {
    slug: 'daisies',
    title: 'Daisies along the path',
    hoursAgo: 59,
    author: 'holly_finch',
    body: [
      'I planted a row of ox-eye daisies by the path. The flower copes with clay soil and does not mind the dog.',
    ],
  },
  {
    slug: 'towel-test',
    title: 'Six bath towels, one washing machine',
    hoursAgo: 52,
    author: 'holly_finch',
    about: { daisy: 'neutral' },
    body: [
      'I washed six towels ten times each. The one from Daisy & Co weighs 620 grams and took 48 minutes to dry, about average.',
    ],
  },
  {
    slug: 'grace-guest',
    title: 'A guest post: the lamp that never lit',
    hoursAgo: 45,
    author: 'grace_holt',
    about: { daisy: 'negative' },
    complaint: true,
    body: [
      'Holly kindly lent me her blog. My lamp from Daisy & Co arrived broken three weeks ago, and nobody answers my messages.',
      'I want a refund. This is terrible service. If anyone at the shop reads this, write to grace.holt@mail.example, order D-20417.',
    ],
  },
  {
    slug: 'candle-molds',
    title: 'Pouring candles without burning the kitchen down',
    hoursAgo: 40,
    author: 'holly_finch',
    body: [
      'Melt the wax in a water bath, never over the flame. Seventy degrees is plenty. Keep the cat out.',
    ],
  },
  {
    slug: 'shelf-brackets',
    title: 'Brackets, screws and a level',
    hoursAgo: 33,
    author: 'holly_finch',
    about: { daisy: 'positive' },
    body: [
      'The brackets from Daisy & Co were easy to fit and feel solid. Great value, clear instructions, no spare screws left over.',
    ],
  },
  {
    slug: 'price-rise',
    title: 'Everything costs more, even tea towels',
    hoursAgo: 26,
    author: 'holly_finch',
    about: { daisy: 'negative' },
    body: [
      'Daisy & Co put their tea towels up from six pounds to nine. That is a disappointing price for a square of cotton.',
    ],
  },
  {
    slug: 'robin',
    title: 'The robin is back',
    hoursAgo: 17,
    author: 'holly_finch',
    body: ['He sat on the spade handle all morning and supervised. I did the digging.'],
  },
  {
    slug: 'late-parcel',
    title: 'A parcel that went to Aberdeen',
    hoursAgo: 10,
    author: 'holly_finch',
    about: { daisy: 'negative' },
    complaint: true,
    body: [
      'My order from Daisy & Co was promised four days ago. The parcel is in Aberdeen, and I am not.',
      'The delivery is late, the chat hung up on me twice, and I would like my money back.',
    ],
  },
  {
    slug: 'well-thanks',
    title: 'Well, thanks',
    hoursAgo: 3,
    author: 'holly_finch',
    about: { daisy: 'unsure' },
    body: ['Daisy & Co sent me a voucher and a card with a drawing of a parcel. Well, thanks. I suppose.'],
  },
];
