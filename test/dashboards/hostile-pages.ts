import type { Db } from '../../src/store/db.ts';
import type { Story } from './seed.ts';

/** Pages that show many at once; among the stories that are seeded there is `s3`. */
export const LISTS = [
  '/today',
  '/mentions?all=1',
  '/mentions?q=alert',
  '/cases',
  '/customers',
  '/customers/import',
  '/portfolio',
  '/portfolio/at-risk',
  '/portfolio/moves',
  '/portfolio/promising',
  '/portfolio/tier?part=MVC',
  '/portfolio/quiet?part=delivery',
  '/topics',
  '/rules',
  '/basket',
  '/topics?edit=s3',
  '/topics/lab?topic=s3',
  '/sources',
  '/recall?state=all',
  '/stories?topic=all',
  '/talk?topic=s3&days=30',
  '/scorecard',
  '/scorecard/label',
  '/deliveries',
  '/deliveries/replay',
  '/crm',
  '/crm/hook',
  '/digests',
  '/feeds',
  '/users',
  '/audit',
  '/settings',
  '/start/brand?name=some',
  '/start/sources',
  '/start/digest',
  '/start/look',
];

/** Every field is this text. Behind its twentieth letter too, where an excerpt or a mark may cut it. */
export const everywhere =
  (text: string) =>
  (field: string): string =>
    field === 'text' ? `${text} and ${text}` : text;

/** Pages about one story that was seeded under `key`. */
export const pagesAbout = (story: Story, key: string): readonly string[] => [
  `/mentions/${story.document}`,
  `/cases/${story.case}`,
  `/cases/${story.case}/evidence`,
  `/cases/${story.case}/evidence/print`,
  `/customers/${story.customer}`,
  `/review?author=${story.author}`,
  `/deliveries/${story.delivery}`,
  `/digests/${story.digest}`,
  `/sources/${key}`,
  `/recall/${story.miss}`,
  `/stories/${story.talk}`,
  `/scorecard/label?item=${story.item}`,
  `/rules/${key}`,
  `/mentions/rules/${story.mention}`,
  `/basket?rule=${key}`,
];

/** Only the newest sample is labelled: it becomes the story's. */
export async function labelNext(db: Db, story: Story): Promise<void> {
  await db.query(
    `update scorecard_samples set period_to = (select max(period_to) + interval '1 hour' from scorecard_samples)
     where id = (select sample_id from scorecard_items where id = $1)`,
    [story.item],
  );
}
