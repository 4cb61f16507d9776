/** A post and its author as matching sees them. */
export interface MatchPost {
  id: string;
  platform: string;
  /** Stable for an account. */
  authorId: string;
  displayName: string;
  handle: string | null;
  bio: string | null;
  city: string | null;
  links: readonly string[];
  text: string;
  publishedAt: Date;
}
