/** `о10.97 е8.45` → share by letter. */
function sharesOf(list: string): ReadonlyMap<string, number> {
  return new Map(list.split(' ').map((entry) => [entry.slice(0, 1), Number(entry.slice(1)) / 100]));
}

/** Per cent of letters in Russian text, with the letters of its neighbours as rare guests. */
const CYRILLIC = sharesOf(
  'о10.97 е8.45 а8.01 и7.35 н6.7 т6.26 с5.47 р4.73 в4.54 л4.4 к3.49 м3.21 д2.98 п2.81 у2.62 я2.01 ы1.9 ь1.74 г1.7 ' +
    'з1.65 б1.59 ч1.44 й1.21 х0.97 ж0.94 ш0.73 ю0.64 ц0.48 щ0.36 э0.32 ф0.26 ъ0.1 ё0.1 і0.3 ї0.05 є0.05 ґ0.01 ў0.02 ' +
    'ј0.05 љ0.01 њ0.01 ћ0.01 ђ0.01 џ0.01',
);
const GREEK = sharesOf(
  'α10 ο8.5 ι7.5 ε7.5 τ7.8 ν6.5 σ4.4 η4 υ3.5 ρ4.2 π4.1 κ4 ς4 μ3.3 λ3 ω1.4 δ1.7 γ1.8 θ1.2 χ1.2 φ1 β0.7 ξ0.5 ζ0.4 ψ0.2 ' +
    'ά1.8 έ1.8 ή1.6 ί2.6 ό2.6 ύ1.2 ώ1 ϊ0.1 ϋ0.05 ΐ0.02',
);
const HEBREW = sharesOf(
  'י11 ה10.5 ו10.4 ל7.4 א6.3 ר5.6 ת5 ב4.7 ש4.4 מ4.6 ם2.6 נ2.9 כ2.7 ח2.5 ק2.1 ע3.2 פ1.7 ד2.6 ט1.2 צ1.2 ג1.3 ז1.3 ס1.5 ן1.4 ' +
    'ך0.8 ף0.3 ץ0.2',
);
const ARABIC = sharesOf(
  'ا13 ل12 ي7 م6.3 و6 ن6 ر5 ت4.5 ب4 ة3.5 ع4 د3.5 س3 ف3 ه3 ق2.5 ك2.2 أ2 ح2 ج1.5 ش1 ص1 ط1 خ1 ذ0.8 ى0.8 إ0.7 ئ0.4 ض0.7 ز0.7 ' +
    'ث0.6 غ0.5 ظ0.3 ء0.4 ؤ0.2 آ0.2',
);
const THAI = sharesOf(
  'า6.5 น5.5 ร5.5 อ4.6 ก4.6 เ4.2 ง3.7 ่4.6 ม3.7 ย3.2 ล2.8 ว3.2 ั3.7 ด2.8 ี3.2 ท3.2 ต2.8 ้3.7 ส2.8 ะ1.9 ป2 บ2.3 ค2.3 ิ2.8 แ1.9 ห2.3 ' +
    'จ1.9 พ1.6 ข1.4 ใ1.1 โ0.9 ไ1.4 ื1.4 ุ1.7 ู1.2 ช1.2 ์1.4 ำ0.9 ็0.7 ึ0.7 ผ0.7 ถ0.7 ณ0.4 ธ0.4 ศ0.4 ญ0.3 ฐ0.2 ซ0.4 ๆ0.2 ฟ0.4 ษ0.3 ภ0.4',
);

/** Single-byte charsets of scripts other than Latin, in order of how often they are met: the first wins a tie. */
export const SCRIPTS: readonly { charset: string; shares: ReadonlyMap<string, number> }[] = [
  ...['windows-1251', 'koi8-r', 'ibm866', 'iso-8859-5', 'x-mac-cyrillic', 'ibm855', 'koi8-u'].map(
    (charset) => ({
      charset,
      shares: CYRILLIC,
    }),
  ),
  { charset: 'windows-1253', shares: GREEK },
  { charset: 'iso-8859-7', shares: GREEK },
  { charset: 'windows-1255', shares: HEBREW },
  { charset: 'windows-1256', shares: ARABIC },
  { charset: 'iso-8859-6', shares: ARABIC },
  { charset: 'windows-874', shares: THAI },
];
export const CYRILLIC_CHARSETS: ReadonlySet<string> = new Set(
  SCRIPTS.filter(({ shares }) => shares === CYRILLIC).map(({ charset }) => charset),
);
