import type { Response } from 'express';
import { CSV_MARK, csvLines } from '../../src/lib/csv.ts';
import { xlsxFile } from '../../src/lib/xlsx-file.ts';
import { addAudit } from '../../src/store/audit.ts';
import { userOf } from '../auth/session.ts';
import { daysOfPeriod } from './ask.ts';
import type { Block, BlockAsk, Figure } from './figure.ts';
import { drawPicture, type Picture } from './picture.ts';
import { type FileKind, headingOf, outlineWords } from './view.ts';
import { periodWords } from './words.ts';

export const FILE_KINDS: readonly FileKind[] = ['csv', 'xlsx', 'svg', 'png'];
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Which topics and days: what a picture needs to be understood alone. */
function ofWords({ viewer, ask }: BlockAsk): string {
  const topics =
    ask.chosen.length > 0 ? ask.chosen.map(({ name }) => name).join(', ') : viewer.t('analytics.topics.all');
  return `${topics} · ${periodWords(viewer, ask.period)}`;
}

function pictureOf(asked: BlockAsk, block: Block, figure: Figure): Picture | null {
  const { viewer, ask } = asked;
  return drawPicture(figure, {
    heading: headingOf(viewer, block, figure),
    of: ofWords(asked),
    outline: outlineWords(viewer, ask),
    language: viewer.language,
  });
}

/** The table as lines; who has no rows has a head. */
function rowsOf({ head, rows }: Figure): (string | number)[][] {
  return [
    [...head],
    ...rows.map(({ cells, key }) => (key === undefined ? [...cells] : [key, ...cells.slice(1)])),
  ];
}

interface File {
  type: string;
  bytes: string | Buffer;
}

async function fileOf(asked: BlockAsk, block: Block, figure: Figure, kind: FileKind): Promise<File | null> {
  if (kind === 'csv') {
    const lines = csvLines(rowsOf(figure).map((row) => row.map(String)));
    return { type: 'text/csv; charset=utf-8', bytes: `${CSV_MARK}${lines}` };
  }
  if (kind === 'xlsx') return { type: XLSX, bytes: xlsxFile(asked.viewer.t(block.title), rowsOf(figure)) };
  const picture = pictureOf(asked, block, figure);
  if (!picture) return null;
  if (kind === 'svg') return { type: 'image/svg+xml', bytes: picture.svg };
  return { type: 'image/png', bytes: Buffer.from(await asked.deps.charts.png(picture)) };
}

/** Sends a figure as a file; who took it is noted. False: there is no such file of it. @throws PermanentError `no-browser` for a PNG where there is none */
export async function sendFile(
  res: Response,
  asked: BlockAsk,
  block: Block,
  figure: Figure,
  kind: FileKind,
): Promise<boolean> {
  const { deps, ask } = asked;
  const file = await fileOf(asked, block, figure, kind).catch((error: unknown) => {
    res.status(503);
    throw error;
  });
  if (!file) return false;
  const days = daysOfPeriod(ask.period);
  await addAudit(deps.db, {
    at: deps.clock.now(),
    actor: userOf(res).email,
    action: 'analytics.exported',
    subject: block.key,
    detail: { kind, ...days, topics: ask.chosen.map(({ key }) => key) },
  });
  res.attachment(`molva-${block.key}-${days.from}-${days.to}.${kind}`);
  res.type(file.type).send(file.bytes);
  return true;
}
