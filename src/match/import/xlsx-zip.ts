import { Parser } from 'htmlparser2';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { FileError } from './mistakes.ts';

const MAX_ENTRIES = 5_000;
const MB = 1024 * 1024;
/** Of all parts that are read together, unpacked. */
const MAX_UNPACKED = 1024 * MB;
/** One piece of markup that goes on so long is no table. */
const MAX_PENDING = 4 * MB;

export interface Tag {
  name: string;
  attributes: Readonly<Record<string, string>>;
}

/** What a part of a book says; elements without the prefixes of their names. */
export interface XmlReader {
  open(tag: Tag): void;
  text(text: string): void;
  close(name: string): void;
}

export interface Zip {
  has(name: string): boolean;
  /** Yields after each piece, so that the caller can hand on what was read. @throws FileError */
  read(name: string, reader: XmlReader): AsyncGenerator<void>;
  close(): void;
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

function broken(error: unknown): never {
  if (error instanceof FileError) throw error;
  throw new FileError('not-readable', { format: 'XLSX' });
}

async function listEntries(zip: ZipFile): Promise<Map<string, Entry>> {
  const entries = new Map<string, Entry>();
  for await (const entry of zip.eachEntry()) {
    if (entries.size >= MAX_ENTRIES) throw new FileError('not-readable', { format: 'XLSX' });
    entries.set(entry.fileName.replace(/^\//, ''), entry);
  }
  return entries;
}

function parserFor(reader: XmlReader): {
  parser: Parser;
  lastEvent: () => void;
  pending: (size: number) => boolean;
} {
  let silent = 0;
  const lastEvent = (): void => {
    silent = 0;
  };
  const parser = new Parser(
    {
      onopentag: (name, attributes) => {
        lastEvent();
        reader.open({ name: local(name), attributes });
      },
      ontext: (text) => {
        lastEvent();
        reader.text(text);
      },
      onclosetag: (name) => {
        lastEvent();
        reader.close(local(name));
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  const pending = (size: number): boolean => {
    silent += size;
    return silent > MAX_PENDING;
  };
  return { parser, lastEvent, pending };
}

/** A book's parts, unpacked as they are read. Sizes that the file states wrongly are found out (yauzl), and what unpacks to too much is refused. */
export async function openZip(path: string): Promise<Zip> {
  const zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false }).catch(broken);
  const entries = await listEntries(zip).catch((error: unknown) => {
    zip.close();
    return broken(error);
  });
  let unpacked = 0;

  async function* read(name: string, reader: XmlReader): AsyncGenerator<void> {
    const entry = entries.get(name);
    if (!entry) throw new FileError('not-readable', { format: 'XLSX' });
    if (unpacked + entry.uncompressedSize > MAX_UNPACKED)
      throw new FileError('too-large', { max: MAX_UNPACKED / MB });
    const { parser, pending } = parserFor(reader);
    const decoder = new TextDecoder();
    try {
      for await (const piece of await zip.openReadStreamPromise(entry)) {
        const bytes = piece as Buffer;
        unpacked += bytes.length;
        if (unpacked > MAX_UNPACKED || pending(bytes.length))
          throw new FileError('too-large', { max: MAX_UNPACKED / MB });
        parser.write(decoder.decode(bytes, { stream: true }));
        yield;
      }
      parser.end(decoder.decode());
      yield;
    } catch (error) {
      broken(error);
    }
  }
  return { has: (name) => entries.has(name), read, close: () => zip.close() };
}

export async function readWhole(zip: Zip, name: string, reader: XmlReader): Promise<void> {
  for await (const _ of zip.read(name, reader));
}
