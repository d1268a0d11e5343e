import type { ConditionError, ConditionToken } from './conditionTokens.ts';

export const conditionRoots = [
  'status',
  'latency',
  'body',
  'json',
  'header',
  'certificate',
  'redirects',
  'value',
] as const;

/** A condition as a tree; every node knows where it stands in the text. */
export type ConditionNode =
  | { readonly kind: 'literal'; readonly at: number; readonly value: LiteralValue; readonly text: string }
  | { readonly kind: 'path'; readonly at: number; readonly steps: readonly PathStep[]; readonly text: string }
  | {
      readonly kind: 'call';
      readonly at: number;
      readonly name: 'has' | 'len';
      readonly argument: ConditionNode;
      readonly text: string;
    }
  | {
      readonly kind: 'compare';
      readonly at: number;
      readonly operator: CompareOperator;
      readonly left: ConditionNode;
      readonly right: readonly ConditionNode[];
    }
  | {
      readonly kind: 'logic';
      readonly at: number;
      readonly operator: 'and' | 'or';
      readonly left: ConditionNode;
      readonly right: ConditionNode;
    }
  | { readonly kind: 'not'; readonly at: number; readonly operand: ConditionNode };

/** `in` holds a list, `range` exactly two ends. */
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'range' | 'contains' | 'matches';

/** A duration is `{ ms }`, so that it never compares with a plain number by accident. */
export type LiteralValue = string | number | boolean | undefined | Duration;

export interface Duration {
  readonly ms: number;
}

export type PathStep = string | number;

/** Thrown inside the parser only; `parseCondition` turns it into a result. */
export class ConditionMistake extends Error {
  readonly at: number;

  constructor(at: number, message: string) {
    super(message);
    this.at = at;
  }

  toConditionError(): ConditionError {
    return { at: this.at, message: this.message };
  }
}

/** A place in the list of tokens. */
export class TokenCursor {
  private readonly tokens: readonly ConditionToken[];
  private index = 0;

  constructor(tokens: readonly ConditionToken[]) {
    this.tokens = tokens;
  }

  get token(): ConditionToken {
    const token = this.tokens[Math.min(this.index, this.tokens.length - 1)];
    if (token === undefined) throw new ConditionMistake(0, 'the condition is empty');
    return token;
  }

  isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  take(): ConditionToken {
    const { token } = this;
    this.index++;
    return token;
  }

  /** Takes the token when it is one of these words or signs. */
  takeIf(...texts: readonly string[]): ConditionToken | undefined {
    const { token } = this;
    return (token.kind === 'word' || token.kind === 'sign') && texts.includes(token.text)
      ? this.take()
      : undefined;
  }

  expect(text: string): void {
    if (this.takeIf(text) === undefined)
      throw new ConditionMistake(this.token.at, `"${text}" was expected ${this.where()}`);
  }

  where(): string {
    const { token } = this;
    return token.kind === 'end' ? 'at the end' : `before "${token.text}"`;
  }
}
