// Irregular English forms: base, then its forms. Regular ones are the stemmer's work.
const TABLE = `
be am is are was were been being|have has had having|do does did done doing|go goes went gone going
say said|get got gotten getting|make made making|know knew known|think thought|take took taken taking|see saw seen
come came coming|give gave given giving|find found|tell told|become became|leave left leaving|feel felt|bring brought
begin began begun|keep kept|hold held|write wrote written writing|stand stood|hear heard|let letting|mean meant
set setting|meet met|pay paid|run ran running|lose lost losing|break broke broken breaking|buy bought|catch caught
choose chose chosen|cost costing|cut cutting|deal dealt|draw drew drawn|drink drank drunk|drive drove driven|eat ate eaten
fall fell fallen|fight fought|fly flies flew flown|forget forgot forgotten|forgive forgave forgiven|freeze froze frozen
grow grew grown|hang hung|hide hid hidden|hit hitting|hurt|lay laid|lead led|lend lent|lie lied lying|light lit|put putting
quit quitting|read|ride rode ridden|ring rang rung|rise rose risen|sell sold|send sent|shake shook shaken|shine shone
shoot shot|show shown|shut shutting|sing sang sung|sink sank sunk|sit sat sitting|sleep slept|speak spoke spoken
spend spent|steal stole stolen|stick stuck|strike struck|swear swore sworn|swim swam swum|teach taught|tear tore torn
throw threw thrown|understand understood|wake woke woken|wear wore worn|win won winning|die died dying dies
bad worse worst|good better best|child children|man men|woman women|person people|foot feet|tooth teeth|mouse mice
life lives|wife wives|knife knives|bite bit bitten|blow blew blown|build built|burn burnt|bet|feed fed|ban banned banning
scam scammed scamming|rip ripped ripping|drop dropped dropping|stop stopped stopping|refund refunded|withdraw withdrew withdrawn
panic panicked|mislead misled|overpay overpaid|rebuild rebuilt|resell resold|undo undid undone|seek sought|shrink shrank shrunk
spill spilt|spoil spoilt|learn learnt|dream dreamt|smell smelt|spell spelt|bend bent|cling clung|creep crept|dig dug
`;

/** Irregular form → its base. */
export const ENGLISH_BASES: ReadonlyMap<string, string> = new Map(
  TABLE.trim()
    .split(/[|\n]/)
    .flatMap((row) => {
      const [base = '', ...forms] = row.trim().split(' ');
      return forms.map((form): [string, string] => [form, base]);
    }),
);
