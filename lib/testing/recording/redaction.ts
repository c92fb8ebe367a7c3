import { InvalidArgumentError } from '../../errors/invalid-argument-error.js';
import { isPlain } from '../../messages/freeze.js';
import { cutAnew, editBetween, editsByPattern } from './edits.js';
import type { Edit } from './edits.js';
import { SECRET_NAMES, SECRET_PATTERNS } from './secrets.js';

/**
 * What is kept out of a recording: what a pattern matches, or whatever a function replaces. A function is given every text,
 * with the name of the field that it stands in: `text` for what is said, all tokens joined; and, as `name of a field`, the names
 * in objects of your own.
 */
export type RedactionRule = RegExp | ((text: string, field: string) => string);

/** Rules beside those that there are by default; or `false`: nothing is redacted. */
export type RedactionRules = false | readonly RedactionRule[];

/** What stands where a secret was. */
const REDACTED = '[redacted]';

/** Takes secrets out of texts, and of whatever is made of texts. */
export class Redaction {
  readonly #rules: readonly ((text: string, field: string) => Edit[])[];
  readonly #names: RegExp | undefined;

  /** @throws InvalidArgumentError if the rules are no such rules. */
  constructor(rules: RedactionRules = []) {
    const isRule = (rule: unknown) => rule instanceof RegExp || typeof rule === 'function';
    if (rules !== false && !(Array.isArray(rules) && (rules as unknown[]).every(isRule)))
      throw new InvalidArgumentError('an array of patterns and functions, or false, as redact', rules);
    this.#names = rules === false ? undefined : SECRET_NAMES;
    this.#rules = rules === false ? [] : [...SECRET_PATTERNS, ...(rules as readonly RedactionRule[])].map(editsOf);
  }

  /** A text without its secrets. @throws what a rule throws; InvalidArgumentError if a function returned no text. */
  text(text: string, field: string): string {
    return this.#edited([text], field).join('');
  }

  /** Tokens without the secrets in them. One that is in several tokens goes where its first token is. */
  tokens(tokens: readonly string[]): readonly string[] {
    return this.#edited(tokens, 'text');
  }

  /** A JSON value without secrets in its texts, in the names of its fields, and under names such as `apiKey`. */
  value<Value>(value: Value, field: string): Value {
    return this.#value(value, field, false) as Value;
  }

  #edited(tokens: readonly string[], field: string): readonly string[] {
    return this.#rules.reduce((left, rule) => {
      const edits = rule(left.join(''), field);
      return edits.length > 0 ? cutAnew(left, edits) : left;
    }, tokens);
  }

  #value(value: unknown, field: string, secret: boolean): unknown {
    if (typeof value === 'string') return secret && value ? REDACTED : this.text(value, field);
    if (Array.isArray(value)) {
      const [name] = value as unknown[];
      // A header, as fetch takes it: ['authorization', 'Bearer …'].
      const isSecret = value.length === 2 && typeof name === 'string' && this.#names?.test(name) === true;
      return value.map((item, index) => this.#value(item, field, secret || (isSecret && index === 1)));
    }
    if (!isPlain(value)) return value;
    // The names of a message's own fields are its class's.
    const isMessage = '$type' in value;
    const entries = Object.entries(value).map(([name, inner]) => {
      if (name === '$type') return [name, inner];
      const hides = secret || this.#names?.test(name) === true;
      return [isMessage ? name : this.text(name, 'name of a field'), this.#value(inner, name, hides)];
    });
    return Object.fromEntries(entries) as unknown;
  }
}

function editsOf(rule: RedactionRule): (text: string, field: string) => Edit[] {
  if (rule instanceof RegExp) return (text) => editsByPattern(text, rule, REDACTED);
  return (text, field) => {
    const redacted: unknown = rule(text, field);
    if (typeof redacted === 'string') return editBetween(text, redacted);
    throw new InvalidArgumentError('a text, from a function that redacts', redacted);
  };
}
