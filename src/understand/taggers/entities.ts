import type { Tagger } from '../../model/ports.ts';
import { findEntities, readNames } from '../entities/find.ts';

/** Persons, organisations, places, products, addresses and numbers that a document names. */
export const entities: Tagger = {
  kind: 'entities',
  version: '2',
  reads: [({ document }, { morphology }) => readNames(document, morphology)],
  tag({ document }, { morphology }) {
    const value = findEntities(document, morphology);
    const spans = value.flatMap((entity) => entity.spans.slice(0, 1));
    return [{ kind: 'entities', target: '', value, spans }];
  },
};
