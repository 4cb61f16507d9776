/**
 * Names that mean one thing wherever they stand, in dictionary form and folded: what the models have met too seldom. Words that
 * are everyday words or surnames too («лента», «магнит», “sprint”, “Ford”) are left to the models.
 */
export const KNOWN_FIRMS: ReadonlySet<string> = new Set(
  (
    'сбербанк сбер втб втб24 газпромбанк альфа-банк альфабанк тинькофф т-банк росбанк райффайзен райффайзенбанк россельхозбанк совкомбанк ' +
    'промсвязьбанк псб почта-банк юникредит хоум-кредит мкб яндекс вконтакте одноклассники рамблер мегафон билайн мтс теле2 ростелеком ' +
    'озон вайлдберриз вайлдберис wildberries ozon wb яндекс-маркет сбермаркет мегамаркет авито ламода алиэкспресс икеа ikea мвидео днс ситилинк ' +
    'эльдорадо пятерочка перекресток ашан вкусвилл лукойл газпром роснефть газпромнефть ржд аэрофлот уралсиб ютэйр ' +
    'сдэк боксберри dpd cdek фонбет деливери читай-город спортмастер декатлон роспотребнадзор роскомнадзор минздрав ' +
    'минфин минобороны мвд фсб фнс пфр сфр центробанк росстат госдума совфед росгвардия мчс ' +
    'apple google microsoft facebook samsung huawei xiaomi sony nokia motorola lenovo asus acer dell intel nvidia amd ibm oracle ' +
    'twitter instagram youtube tiktok netflix spotify uber airbnb paypal ebay walmart costco ikea starbucks mcdonalds mcdonald nestle unilever ' +
    'coca-cola pepsi adidas nike toyota honda nissan hyundai kia bmw audi mercedes volkswagen tesla boeing airbus lufthansa ryanair ' +
    'easyjet vodafone verizon comcast t-mobile at&t barclays hsbc lloyds santander citibank revolut monzo dhl fedex usps nasa ' +
    'unicef unesco nato bbc cnn reuters telegram whatsapp viber skype zoom aliexpress alibaba'
  )
    .split(' ')
    .map((name) => name.replaceAll('ё', 'е')),
);

/** Words behind a firm's name that belong to it: «Тинькофф банка», «Яндекс.Маркете». */
export const FIRM_TAILS: ReadonlySet<string> = new Set(
  'банк маркет такси еда лавка плюс музыка карта мобайл инвестиция страхование bank mobile pay music maps airlines'.split(
    ' ',
  ),
);

/** First words of product names; what follows of versions belongs to them. */
export const KNOWN_PRODUCTS: ReadonlySet<string> = new Set(
  (
    'iphone ipad macbook imac airpods айфон айпад макбук эйрподс galaxy redmi poco pixel thinkpad playstation xbox плейстейшен windows ' +
    'android ios macos photoshop excel chatgpt kindle ps4 ps5 geforce radeon corolla camry prius civic солярис solaris'
  ).split(' '),
);

/** What goes on a product's name behind its first word, folded; and any word with a digit. */
export const VERSION_WORDS: ReadonlySet<string> = new Set(
  'pro max plus mini ultra lite air note se xl xr xs fold flip series про макс плюс мини ультра лайт эйр ноут one x'.split(
    ' ',
  ),
);
