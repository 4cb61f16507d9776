import { crc32, deflateRawSync } from 'node:zlib';

export interface ZipFile {
  /** ASCII. */
  name: string;
  bytes: Uint8Array;
}

const VERSION = 20;
const DEFLATED = 8;
/** 1 January 1980, the first day that the format knows: the same files give the same bytes. */
const FIRST_DAY = 0x21;

/** What the header of a file and its line in the directory have in common (APPNOTE.TXT 4.3.7, 4.3.12). */
function commonOf({ name, bytes }: ZipFile, packed: Uint8Array): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(VERSION, 0);
  fields.writeUInt16LE(DEFLATED, 4);
  fields.writeUInt16LE(FIRST_DAY, 8);
  fields.writeUInt32LE(crc32(bytes), 10);
  fields.writeUInt32LE(packed.length, 14);
  fields.writeUInt32LE(bytes.length, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

const signature = (number: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
};

function lineOf(common: Buffer, name: Buffer, offset: number): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(offset, 10);
  const made = Buffer.alloc(2);
  made.writeUInt16LE(VERSION);
  return Buffer.concat([signature(0x02014b50), made, common, rest, name]);
}

function endOf(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

/** A few small files in one: no more than 65,535, together under 4 GB. */
export function zipFiles(files: readonly ZipFile[]): Buffer {
  const parts: Buffer[] = [];
  const lines: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const packed = deflateRawSync(file.bytes);
    const common = commonOf(file, packed);
    const name = Buffer.from(file.name, 'ascii');
    lines.push(lineOf(common, name, offset));
    const whole = Buffer.concat([signature(0x04034b50), common, name, packed]);
    parts.push(whole);
    offset += whole.length;
  }
  const directory = Buffer.concat(lines);
  return Buffer.concat([...parts, directory, endOf(files.length, directory.length, offset)]);
}
