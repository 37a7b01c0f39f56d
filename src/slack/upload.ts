import type { WebClient } from '@slack/web-api';
import { z } from 'zod';

const opened = z.object({ channel: z.object({ id: z.string() }) });
const place = z.object({ upload_url: z.string(), file_id: z.string() });
const uploadTimeoutMs = 10_000;

/** Something that a person may keep: a name with its ending, and its text. */
interface TextFile {
  readonly name: string;
  readonly text: string;
}

/** Slack did not take a file's bytes: nothing was shared, and all of it may be tried again. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

/**
 * Sends files to one person, in one direct message: each is uploaded to an address that Slack gives, and all are shared
 * together at the end, so that what fails on the way leaves nothing half sent.
 */
export const sendFiles = async (
  client: WebClient,
  to: { readonly userId: string; readonly text: string },
  files: readonly TextFile[],
): Promise<void> => {
  const { channel } = opened.parse(await client.conversations.open({ users: to.userId }));
  const uploaded: { id: string; title: string }[] = [];
  for (const { name, text } of files) {
    const bytes = new TextEncoder().encode(text);
    const given = await client.files.getUploadURLExternal({ filename: name, length: bytes.length });
    const { upload_url: url, file_id: id } = place.parse(given);
    const signal = AbortSignal.timeout(uploadTimeoutMs);
    const answer = await fetch(url, { method: 'POST', body: bytes, signal });
    if (!answer.ok) throw new UploadRefused(`Slack took no file: ${answer.status}`);
    uploaded.push({ id, title: name });
  }
  const [first, ...more] = uploaded;
  if (first === undefined) return;
  await client.files.completeUploadExternal({
    files: [first, ...more],
    channel_id: channel.id,
    initial_comment: to.text,
  });
};
