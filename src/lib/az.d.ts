// What we use of az 0.2.3 (MIT; its dictionary is OpenCorpora's, CC BY-SA), which carries no types.
declare module 'az' {
  interface Parse {
    score: number;
    parser: string;
    tag: Record<string, string | boolean | undefined>;
    normalize(keepPos?: boolean): Parse | false;
    toString(): string;
  }
  interface Morph {
    (
      word: string,
      options?: { ignoreCase?: boolean; stutter?: number; typos?: number; parsers?: string[] },
    ): Parse[];
    init(folder: string, done: (error: unknown) => void): void;
  }
  const Az: { Morph: Morph };
  // biome-ignore lint/style/noDefaultExport: a CommonJS package's module.exports arrives as the default
  export default Az;
}
