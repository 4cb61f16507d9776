// natural 8 types its whole and not its parts; the whole costs 2.7 s and 161 MB to load.
declare module 'natural/lib/natural/stemmers/porter_stemmer.js' {
  const PorterStemmer: { stem(word: string): string };
  // biome-ignore lint/style/noDefaultExport: a CommonJS package's module.exports arrives as the default
  export default PorterStemmer;
}
