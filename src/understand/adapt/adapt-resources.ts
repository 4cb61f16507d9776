import type { Adaptation, AdaptedModel, AdaptedPart } from '../../model/adaptation.ts';
import type { TagResources } from '../../model/ports.ts';

type Models = Pick<TagResources, 'classifiers' | 'targetReaders'>;

/** The version of the shipped model that a part would be added to; undefined when there is none. */
export function baseOf({ classifiers, targetReaders }: Models, model: AdaptedModel, language: string) {
  return (model === 'opinion' ? classifiers : targetReaders).get(language)?.version;
}

/** Were all parts made for the models that are here? */
export function fitsModels(adaptation: Adaptation, models: Models): boolean {
  return adaptation.parts.every(({ model, language, base }) => baseOf(models, model, language) === base);
}

/**
 * The same with what an installation has learned, or, with null, as it was shipped. Throws RangeError where a part was made for another
 * model: its numbers mean nothing there.
 */
export function adaptResources(resources: TagResources, adaptation: Adaptation | null): TagResources {
  const shippedVersion = resources.shippedVersion ?? resources.modelsVersion;
  if (adaptation && !fitsModels(adaptation, resources)) throw new RangeError('made for other models');
  const part = (model: AdaptedModel, language: string): AdaptedPart | null =>
    adaptation?.parts.find((one) => one.model === model && one.language === language) ?? null;
  return {
    ...resources,
    classifiers: new Map(
      [...resources.classifiers].map(([language, one]) => [language, one.adapted(part('opinion', language))]),
    ),
    targetReaders: new Map(
      [...resources.targetReaders].map(([language, one]) => [
        language,
        one.adapted(part('towards', language)),
      ]),
    ),
    shippedVersion,
    modelsVersion: adaptation ? `${shippedVersion}.${adaptation.version}` : shippedVersion,
  };
}
