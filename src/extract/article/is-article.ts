import type { DomDocument } from './dom.ts';
import { type JsonObject, typesOf } from './json-ld.ts';

interface Signs {
  document: DomDocument;
  jsonLd: readonly JsonObject[];
  url: string;
  text: string;
  isDated: boolean;
  isSigned: boolean;
}

const ARTICLE = /(?:Article|BlogPosting|Report)$/;
const OTHER =
  /^(?:Product|CollectionPage|SearchResultsPage|ItemList|Recipe|ProfilePage|DiscussionForumPosting|QAPage)$/;

function isFrontPage(url: string): boolean {
  return URL.canParse(url) && new URL(url).pathname === '/' && new URL(url).search === '';
}

function lengthPoints(text: string): number {
  const long = text.split('\n').filter((line) => line.length > 80).length;
  if (text.length < 200) return -0.3;
  return long >= 3 || text.length > 1500 ? 0.25 : 0.05;
}

/** How sure it is that a page is one article, 0…1: what it says of itself, its length, a date, an author, its address. */
export function articleConfidence({ document, jsonLd, url, text, isDated, isSigned }: Signs): number {
  const types = jsonLd.flatMap(typesOf);
  const ogType = document.querySelector('meta[property="og:type"]')?.getAttribute('content') ?? '';
  const manyArticles = [...document.querySelectorAll('article')].length > 8;
  const points = [
    0.25,
    types.some((type) => ARTICLE.test(type)) ? 0.3 : 0,
    !types.some((type) => ARTICLE.test(type)) && types.some((type) => OTHER.test(type)) ? -0.15 : 0,
    /article|post/i.test(ogType) ? 0.2 : 0,
    lengthPoints(text),
    isDated ? 0.15 : 0,
    isSigned ? 0.1 : 0,
    manyArticles ? -0.15 : 0,
    isFrontPage(url) ? -0.5 : 0,
  ];
  return Math.max(
    0,
    Math.min(
      1,
      points.reduce((sum, point) => sum + point, 0),
    ),
  );
}
