/** Parameters that say how a reader came, not what he reads. */
const TRACKING =
  /^(?:utm_\w+|fbclid|gclid|dclid|yclid|ysclid|msclkid|twclid|igshid|mc_[ce]id|_openstat|openstat_\w+|_hs(?:enc|mi)|wt_mc|ref_src|cmpid|at_(?:medium|campaign)|share_\w+|spm|oly_(?:anon|enc)_id|vero_id|s_cid|rb_clickid)$/i;
/** Session ids; `s` and `sid` only when they look like one. */
const SESSION = /^(?:phpsessid|jsessionid|aspsessionid\w*|sessionid|session_id|cfid|cftoken)$/i;
const SHORT_SESSION = /^(?:s|sid)$/i;

function isSession(name: string, value: string): boolean {
  return SESSION.test(name) || (SHORT_SESSION.test(name) && /^[0-9a-f]{16,64}$/i.test(value));
}

/**
 * The address without what changes from reader to reader: tracking parameters, session ids, default ports; host in lower
 * case. The fragment stays, because it names a comment or a post. What is no http(s) address comes back as it is.
 */
export function canonicalUrl(address: string): string {
  if (!/^https?:/i.test(address) || !URL.canParse(address)) return address;
  const url = new URL(address);
  const kept = [...url.searchParams].filter(
    ([name, value]) => !TRACKING.test(name) && !isSession(name, value),
  );
  // Only when something goes: writing parameters anew would change how they are spelt.
  if (kept.length < [...url.searchParams].length) url.search = new URLSearchParams(kept).toString();
  url.pathname = url.pathname.replace(/;jsessionid=[^/;]*/i, '');
  return url.href;
}

const TWIN_HOST = /^(?:www|m|mobile|amp|wap)\.(?=[^.]+\.)/;

/**
 * The same for the twins of a page: http and https, www, mobile and AMP hosts and paths, with and without a slash at the end,
 * parameters in any order. For comparing, not for fetching.
 */
export function sameAddressKey(address: string): string {
  const canonical = canonicalUrl(address);
  if (!URL.canParse(canonical)) return canonical;
  const url = new URL(canonical);
  url.searchParams.delete('amp');
  url.searchParams.sort();
  const path = url.pathname
    .replace(/\/(?:amp|index\.(?:html?|php))\/?$/i, '/')
    .replace(/^\/amp\//i, '/')
    // Looked at from each end of a run once: a path of slashes would hold us up for seconds.
    .replace(/(?<!\/)\/+$/, '');
  return `${url.host.replace(TWIN_HOST, '')}${path}${url.search}${url.hash}`;
}
