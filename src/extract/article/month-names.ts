/** Names of the months in the languages of Europe, full and short, by month; lower case, without a final dot. */
const NAMES: readonly string[] = [
  'january jan januar jänner januari januara janvier janv enero ene gennaio gen janeiro stycznia styczeń sty ledna leden ocak ianuarie января январь янв січня студзеня януари',
  'february feb februar feber februari février févr fév fevrier febrero febbraio fevereiro fev lutego luty lut února únor şubat februarie февраля февраль фев лютого лютага',
  'march mar märz mär maerz maart mrt mars marzo março marco marca marzec března březen mart martie марта март мар березня сакавіка',
  'april apr avril avr abril abr aprile kwietnia kwiecień kwi dubna duben nisan aprilie апреля апрель апр квітня красавіка',
  'may mai mei mayo maggio mag maio maja maj května květen mayıs мая май травня траўня maí',
  'june jun juni juin junio giugno giu junho czerwca czerwiec cze června červen haziran iunie июня июнь июн червня чэрвеня',
  'july jul juli juillet juil julio luglio lug julho lipca lipiec lip července červenec temmuz iulie июля июль июл липня ліпеня',
  'august aug août aout agosto ago sierpnia sierpień sie srpna srpen ağustos augustus augusti августа август авг серпня жніўня',
  'september sep sept septembre septiembre settembre set setembro września wrzesień wrz září eylül septembrie сентября сентябрь сен сент вересня верасня',
  'october oct oktober okt octobre octubre ottobre ott outubro out października październik paź října říjen ekim octombrie октября октябрь окт жовтня кастрычніка',
  'november nov novembre noviembre novembro listopada listopad lis listopadu kasım noiembrie ноября ноябрь ноя нояб листопада лістапада',
  'december dec dezember dez décembre déc decembre diciembre dic dicembre dezembro grudnia grudzień gru prosince prosinec aralık decembrie desember des декабря декабрь дек грудня снежня',
];

const BY_NAME = new Map(
  NAMES.flatMap((names, at) => names.split(' ').map((name) => [name, at + 1] as const)),
);

/** 1…12, or undefined when the word names no month. */
export function monthNamed(word: string): number | undefined {
  return BY_NAME.get(word.toLowerCase().replace(/\.$/, ''));
}
