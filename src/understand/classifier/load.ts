import { sha256 } from '../../lib/hash.ts';
import type { TagResources } from '../../model/ports.ts';
import { createClassifier, createTargetReader } from './model.ts';
import { loadModel } from './model-file.ts';

/** Languages that we have models for. */
export const MODEL_LANGUAGES = ['ru', 'en'] as const;
const SHIPPED = new URL('../../../models/', import.meta.url);

export type Models = Pick<TagResources, 'classifiers' | 'targetReaders' | 'modelsVersion'>;

/** Address of the file of a model: `opinion-ru`, `towards-en` … */
export type FindModel = (name: string) => URL;

/** The models that come with the program, or those that `find` names. Throws PermanentError when one is missing or broken. */
export async function loadModels(
  find: FindModel = (name) => new URL(`${name}.model`, SHIPPED),
): Promise<Models> {
  const load = (step: string) =>
    Promise.all(
      MODEL_LANGUAGES.map(
        async (language) => [language, await loadModel(find(`${step}-${language}`))] as const,
      ),
    );
  const [opinions, towards] = await Promise.all([load('opinion'), load('towards')]);
  const versions = [...opinions, ...towards].map(([, { version }]) => version);
  return {
    classifiers: new Map(opinions.map(([language, model]) => [language, createClassifier(model)])),
    targetReaders: new Map(towards.map(([language, model]) => [language, createTargetReader(model)])),
    modelsVersion: sha256(versions.join(' ')).slice(0, 8),
  };
}
