/**
 * The id of what a request makes: the same request makes the same thing, so a repeat finds it. 20 characters of
 * [a-z0-9], as other ids; the workspace leads what is hashed, since Slack's ids are unique within one only.
 */
export const idFromRequest = async (workspaceId: string, ...parts: readonly string[]): Promise<string> => {
  const text = new TextEncoder().encode(JSON.stringify([workspaceId, ...parts]));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', text));
  const number = digest.reduce((sum, byte) => sum * 256n + BigInt(byte), 0n);
  return number.toString(36).padStart(20, '0').slice(-20);
};
