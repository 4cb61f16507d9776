import { isSeq, LineCounter, parseDocument, Scalar, stringify } from 'yaml';
import { z } from 'zod';
import { errorMessage, InputError, type InputIssue } from '../../lib/errors.ts';
import { createLocator } from '../../lib/yaml-places.ts';
import { RULE_KEY, type RuleDefinition, ruleActionsSchema } from '../../model/rule.ts';

/** A rule read from a file, with the place of its condition for messages. */
export interface ReadRuleFile extends RuleDefinition {
  /** `rules.yaml:3:1` */
  at: string;
}

const MAX_RULES = 1000;

const ruleSchema = z.strictObject({
  key: z.string().regex(RULE_KEY, 'use lower-case Latin letters, digits, - and _'),
  name: z.string().trim().min(1).max(200),
  enabled: z.boolean().default(true),
  condition: z.string().trim().min(1).max(50_000),
  actions: ruleActionsSchema,
});
const fileSchema = z.array(ruleSchema).min(1).max(MAX_RULES);

function wordsOf({ code, message }: z.core.$ZodIssue, path: readonly PropertyKey[]): string {
  const name = path.map(String).join('.');
  const isMissing = code === 'invalid_type' && message.endsWith('received undefined');
  return name === '' ? message : `${name}: ${isMissing ? 'is missing' : message}`;
}

/** Reads one rule, or a list of them, as YAML or JSON. Throws InputError with every mistake and its place. */
export function readRuleFile(file: string, text: string): ReadRuleFile[] {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const at = ({ line, col }: { line: number; col: number }): string => `${file}:${line}:${col}`;
  const broken = document.errors.map(({ pos, message }) => ({ at: at(lines.linePos(pos[0])), message }));
  if (broken.length > 0) throw new InputError(broken);
  const isList = isSeq(document.contents);
  const locate = createLocator(document, lines);
  const placeOf = (path: readonly PropertyKey[]): string => at(locate(isList ? path : path.slice(1)));
  const read = fileSchema.safeParse(isList ? toValue(file, document) : [toValue(file, document)]);
  if (!read.success)
    throw new InputError(
      read.error.issues.map(
        (issue): InputIssue => ({
          at: placeOf(issue.path),
          message: wordsOf(issue, isList ? issue.path : issue.path.slice(1)),
        }),
      ),
    );
  return read.data.map((rule, index) => ({ ...rule, at: placeOf([index, 'condition']) }));
}

function toValue(file: string, document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS();
  } catch (error) {
    throw new InputError([{ at: file, message: errorMessage(error) }]);
  }
}

/** As `readRuleFile` reads it: a rule, or a list of them in their order. */
export function writeRules(rules: readonly RuleDefinition[]): string {
  const written = rules.map(({ key, name, enabled, condition, actions }) => ({
    key,
    name,
    ...(enabled ? {} : { enabled }),
    condition: block(condition),
    actions,
  }));
  return stringify(written.length === 1 ? written[0] : written, { lineWidth: 0 });
}

/** As it is, line by line. */
function block(text: string): Scalar {
  const scalar = new Scalar(text);
  if (text.includes('\n')) scalar.type = Scalar.BLOCK_LITERAL;
  return scalar;
}
