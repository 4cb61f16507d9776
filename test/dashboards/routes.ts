import type { Router } from 'express';
import type { DashboardDeps } from '../../dashboards/deps.ts';
import { saidRoutes } from '../../dashboards/digests/said.ts';
import { publicLinkRoutes } from '../../dashboards/feeds/routes.ts';
import { healthRoutes } from '../../dashboards/health.ts';
import { loginRoutes } from '../../dashboards/login.ts';
import { passwordLinkRoutes } from '../../dashboards/password-link.ts';
import { pages } from '../../dashboards/registry.ts';
import { setupRoutes } from '../../dashboards/setup.ts';
import { takeRoutes } from '../../dashboards/take.ts';
import { unsubscribeRoutes } from '../../dashboards/unsubscribe.ts';
import { websubRoutes } from '../../dashboards/websub.ts';

interface Layer {
  route?: { path: string; stack: { method: string }[] };
  handle: Partial<Pick<Router, 'stack'>>;
}

function routesOf(router: Router, mount: string): string[] {
  return (router.stack as unknown as Layer[]).flatMap(({ route, handle }) => {
    if (handle.stack && !route) return routesOf(handle as Router, mount);
    const path = route ? `${mount}${route.path === '/' && mount !== '' ? '' : route.path}` : '';
    const methods = new Set(route?.stack.map((layer) => layer.method.toUpperCase()));
    return [...methods].map((method) => `${method} ${path}`);
  });
}

/** Every route of the dashboard but those of the API, which have a test of their own, as `GET /cases/:id`, read off the routers themselves. */
export function allRoutes(deps: DashboardDeps): { pages: string[]; open: string[] } {
  const open = [
    healthRoutes(deps),
    publicLinkRoutes(deps),
    takeRoutes(deps),
    saidRoutes(deps),
    setupRoutes(deps),
    passwordLinkRoutes(deps),
    loginRoutes(deps),
    unsubscribeRoutes(deps),
    websubRoutes(deps),
  ];
  return {
    pages: pages.flatMap((page) => routesOf(page.router(deps), page.path)),
    open: open.flatMap((router) => routesOf(router, '')),
  };
}
