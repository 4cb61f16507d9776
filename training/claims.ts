import { writeFileSync } from 'node:fs';
import { CLAIMS } from '../src/match/claims/reader.ts';
import { heldBack, learnClaims, measureClaims, readSentences } from './learn-claims.ts';

/**
 * `npm run train:claims`: learns whose an identifier in a post is from sentences of our own (`training/labels/claims.tsv`), says how well that
 * does on those held back, and writes `models/claims.tsv`.
 */
const LEAST_WEIGHT = 0.02;
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

const sentences = readSentences();
const { taught, held } = heldBack(sentences);
const { right, taken } = measureClaims(learnClaims(taught), held);
console.log(`held back ${held.length}: right ${percent(right)}`);
for (const { from, own, others } of taken)
  console.log(`own from ${from}: ${percent(own)} of own, ${percent(others)} of others`);

const lines = [...learnClaims(sentences)]
  .filter(([, columns]) => columns.some((weight) => Math.abs(weight) >= LEAST_WEIGHT))
  .map(([feature, columns]) => [feature, ...columns.map((weight) => weight.toFixed(2))].join('\t'));
writeFileSync(
  new URL('../models/claims.tsv', import.meta.url),
  `# Made by npm run train:claims. Feature, then weights for ${CLAIMS.join(', ')}.\n${lines.join('\n')}\n`,
);
console.log(`${lines.length} features of ${sentences.length} sentences in models/claims.tsv`);
