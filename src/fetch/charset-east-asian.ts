import iconv from 'iconv-lite';

/** The characters that make up about half of any Chinese text; first simplified, then traditional. */
const SIMPLIFIED =
  '的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同现' +
  '当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日军者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并' +
  '物手应战向头文体政美相见被利什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走义各入几口' +
  '认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金指许统区保至队形社便空决治展马科司五基书非则听白' +
  '界达光放强即像难且权思王完设式色路记南品住告类求据程北边死张该交规万取格望觉术领共确传师观清今切院让识候带导争运搜站网';
const TRADITIONAL =
  '的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作里用道行所然家種事成方多經麼去法學如都同現' +
  '當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日軍者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重並' +
  '物手應戰向頭文體政美相見被利什二等產或新己制身果加西斯月話合回特代內信表化老給世位次度門任常先海通教兒原東聲提立及比員解水名真論處走義各入幾口' +
  '認條平系氣題活更別打女變四神總何電數安少報才結反受目太量再感建務做接必場件計管期市直德資命山金指許統區保至隊形社便空決治展馬科司五基書非則聽白' +
  '界達光放強即像難且權思王完設式色路記南品住告類求據程北邊死張該交規萬取格望覺術領共確傳師觀清今切院讓識候帶導爭運搜站網';

interface Candidate {
  charset: string;
  /** What this charset's texts are full of. */
  isTelling: (char: string) => boolean;
  /** At least this share of the characters above 127 must be telling. */
  floor: number;
}

function among(list: string): (char: string) => boolean {
  const known = new Set(list);
  return (char) => known.has(char);
}

const isKana = (char: string): boolean => /[\u3041-\u3096\u30a1-\u30fc]/.test(char);
const isHangul = (char: string): boolean => /[\uac00-\ud7a3]/.test(char);
const CANDIDATES: readonly Candidate[] = [
  { charset: 'shift_jis', isTelling: isKana, floor: 0.2 },
  { charset: 'euc-jp', isTelling: isKana, floor: 0.2 },
  { charset: 'gb18030', isTelling: among(SIMPLIFIED), floor: 0.18 },
  { charset: 'big5', isTelling: among(TRADITIONAL), floor: 0.18 },
  { charset: 'euc-kr', isTelling: isHangul, floor: 0.6 },
];
const SAMPLE_BYTES = 8192;
/** A cut character at the end, and a stray one. */
const MAX_BROKEN_SHARE = 0.03;
const PUNCTUATION = /[\u3000-\u3020\uff01-\uff5e]/;

/** Share of telling characters among those above 127; 0 when the bytes break the charset's rules. */
function scoreOf(sample: Buffer, { charset, isTelling }: Candidate): number {
  let wide = 0;
  let broken = 0;
  let telling = 0;
  for (const char of iconv.decode(sample, charset)) {
    if (char <= '\u007f') continue;
    if (char === '\ufffd' || (char >= '\ue000' && char <= '\uf8ff')) broken += 1;
    else if (!PUNCTUATION.test(char)) {
      wide += 1;
      if (isTelling(char)) telling += 1;
    }
  }
  return wide === 0 || broken > 1 + wide * MAX_BROKEN_SHARE ? 0 : telling / wide;
}

/** So few prove little: one accent and one dash side by side are not Korean. */
const FEW_BYTES = 8;

/** Letters with an accent stand alone among ASCII; characters of two bytes, in rows. */
function standInRows(sample: Uint8Array): boolean {
  let wide = 0;
  let inRow = 0;
  for (const [at, byte] of sample.entries()) {
    if (byte < 128) continue;
    wide += 1;
    if ((sample[at - 1] ?? 0) > 127 || (sample[at + 1] ?? 0) > 127) inRow += 1;
  }
  return wide < FEW_BYTES ? inRow === wide : inRow * 2 > wide;
}

/** The East Asian multi-byte charset that these bytes are plainly written in, else undefined. */
export function guessEastAsian(bytes: Uint8Array): string | undefined {
  const start = Math.max(0, bytes.findIndex((byte) => byte > 127) - 1);
  const sample = Buffer.from(
    bytes.buffer,
    bytes.byteOffset + start,
    Math.min(SAMPLE_BYTES, bytes.length - start),
  );
  if (!standInRows(sample)) return undefined;
  let best: { charset: string; lead: number } | undefined;
  for (const candidate of CANDIDATES) {
    const lead = scoreOf(sample, candidate) / candidate.floor;
    if (lead >= 1 && lead > (best?.lead ?? 0)) best = { charset: candidate.charset, lead };
  }
  return best?.charset;
}
