/**
 * A rule of the product was broken by what a person asked for. `message` is written for that person: what
 * happened, what was kept, what to do. Everything else that is thrown is a bug or an outage.
 */
export class DomainError extends Error {
  override readonly name = 'DomainError';
  readonly code: DomainErrorCode;

  constructor(code: DomainErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type DomainErrorCode =
  | 'not-found'
  | 'not-allowed'
  | 'ended'
  | 'taken'
  | 'conflict'
  | 'limit'
  | 'bot-not-in-channel'
  | 'closed'
  | 'invalid';

/** The database did not answer; whether a write happened is unknown. Safe to send again: every write is repeatable. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/**
 * What a form gets back: the value, or one message per field, keyed by the field's name in the input.
 * Expected mistakes are values so that the caller must show them at the field.
 */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fields: Readonly<Record<string, string>> };

export const accepted = <T>(value: T): Outcome<T> => ({ ok: true, value });
export const refused = (fields: Readonly<Record<string, string>>): Outcome<never> => ({ ok: false, fields });
