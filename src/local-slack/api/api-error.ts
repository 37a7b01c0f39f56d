/** A call that Slack answers with `ok: false`. `rest` goes into the answer beside the code. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;
  readonly rest: Readonly<Record<string, unknown>>;

  constructor(code: string, rest: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.rest = rest;
  }
}

/** With Slack's words and json-pointers beside the code. */
export const refusal = (code: string, messages: readonly string[]): ApiError =>
  new ApiError(code, {
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  });
