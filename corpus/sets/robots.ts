import { parseRobots } from '../../src/fetch/robots-rules.ts';
import { type CorpusSet, readCases } from '../set.ts';
import { share } from './share.ts';

interface Query {
  ua: string;
  url: string;
  allowed: boolean;
}

interface RobotsCase extends Partial<Query> {
  id: string;
  group: string;
  body: string;
  queries?: Query[];
}

interface Question extends Query {
  id: string;
  group: string;
  body: string;
}

function questionsOf({
  id,
  group,
  body,
  queries,
  ua = '',
  url = '',
  allowed = true,
}: RobotsCase): Question[] {
  return (queries ?? [{ ua, url, allowed }]).map((query) => ({ id, group, body, ...query }));
}

function judge({ id, body, ua, url, allowed }: Question): string | undefined {
  const answer = parseRobots(body, ua).isAllowed(url);
  return answer === allowed ? undefined : `${id} ${ua} ${url} should be ${allowed ? 'allowed' : 'refused'}`;
}

/** The tests of Google's parser and of robots-parser, and real files with the verdicts of Google's matcher. */
export const robots: CorpusSet = {
  name: 'robots',
  async run(folder, explain) {
    const questions = readCases<RobotsCase>(folder, 'cases/robots.jsonl.gz').flatMap(questionsOf);
    const of = (group: string) => questions.filter((question) => question.group === group);
    return [
      await share(
        { measure: "robots: Google's RFC 9309 tests", must: 1 },
        of('google/rfc9309'),
        judge,
        explain,
      ),
      await share({ measure: 'robots: real sites', must: 0.998, aim: 1 }, of('real-sites'), judge, explain),
      await share({ measure: 'robots: tests of robots-parser' }, of('robots-parser'), judge, explain),
      await share({ measure: 'robots: habits of Google alone' }, of('google/google-only'), judge, explain),
    ];
  },
};
