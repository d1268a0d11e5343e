/** An error whose message is a sentence for the user; `action` is the way out that is offered as a button. */
export class UserError extends Error {
  readonly action: UserErrorAction | undefined;

  constructor(message: string, action?: UserErrorAction, options?: ErrorOptions) {
    super(message, options);
    this.name = 'UserError';
    this.action = action;
  }
}

export interface UserErrorAction {
  readonly title: string;
  readonly command: string;
  readonly args?: readonly unknown[];
}

/** The user changed their mind: every boundary passes over it in silence. */
export class CancelledError extends Error {
  constructor() {
    super('Cancelled');
    this.name = 'CancelledError';
  }
}

/** By name: errors cross bundles, each of which has a class of its own. */
export function isUserError(error: unknown): error is UserError {
  return error instanceof Error && error.name === 'UserError';
}

export function isCancelled(error: unknown): boolean {
  return error instanceof Error && error.name === 'CancelledError';
}

export function errorText(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(errorText).join('; ');
  if (error instanceof Error) return error.message || error.name;
  return String(error);
}

export function assertNever(value: never): never {
  throw new Error(`Unexpected value: ${JSON.stringify(value)}`);
}
