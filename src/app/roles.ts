/** `web`: the dashboard. `worker`: crawling, understanding, delivering. On one machine both. */
export const APP_ROLES = ['web', 'worker'] as const;
export type AppRole = (typeof APP_ROLES)[number];
