import type { Topic } from '../../src/model/topic.ts';
import { nameExample } from '../../src/query/name-example.ts';
import { findTopicByKey } from '../../src/store/topics.ts';
import type { DashboardDeps } from '../deps.ts';
import type { Refusal } from '../topics/save-topic.ts';
import { found, refuse } from './operation.ts';

/** @throws ApiRefusal 404 */
export async function topicUnder({ db }: Pick<DashboardDeps, 'db'>, key: string): Promise<Topic> {
  return found(await findTopicByKey(db, key), 'topic');
}

const FAILURES_TOLD = 20;

/** A topic was not saved, for mistakes (`code` and `title` say which) or because examples of it would fail. */
export function refuseTopic({ mistakes, failures }: Refusal, code: string, title: string): never {
  const failing = failures
    .slice(0, FAILURES_TOLD)
    .map(
      ({ example, reasons }) =>
        `${nameExample(example).en}: ${reasons.map(({ message }) => message.en).join(' ')}`,
    );
  const isFailing = failing.length > 0;
  return refuse({
    status: isFailing ? 409 : 422,
    code: isFailing ? 'examples-fail' : code,
    title: isFailing
      ? 'Examples of the topic would fail; send even_if_examples_fail to save it all the same'
      : title,
    errors: [
      ...mistakes.map((detail) => ({ pointer: '#', detail })),
      ...failing.map((detail) => ({ pointer: '#/query', detail })),
    ],
  });
}
