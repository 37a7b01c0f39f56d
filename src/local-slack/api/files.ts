import { z } from 'zod';
import { readContent } from '../content.ts';
import { uploadPath } from '../files.ts';
import { ApiError } from './api-error.ts';
import { count, json } from './arguments.ts';
import { postAsBot } from './chat-post.ts';
import { method } from './method.ts';
import { postTarget } from './resolve.ts';

export const uploadUrl = method(
  z.object({ filename: z.string().min(1), length: count }),
  ['files:write'],
  (workspace, { filename, length }) => {
    if (length === 0) throw new ApiError('invalid_arguments');
    const id = workspace.files.announce(filename, length);
    return { file_id: id, upload_url: `${workspace.address()}${uploadPath}${id}` };
  },
);

const wanted = z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1);

/** Shares what was uploaded, all in one message. */
export const completeUpload = method(
  z.object({
    files: json.pipe(wanted),
    channel_id: z.string().optional(),
    initial_comment: z.string().optional(),
  }),
  ['files:write'],
  (workspace, args) => {
    const files = args.files.map(({ id, title }) => {
      const file = workspace.files.get(id);
      if (file === undefined) throw new ApiError('file_not_found');
      return { id, name: file.name, title: title ?? file.name, size: Buffer.byteLength(file.text) };
    });
    if (args.channel_id !== undefined) {
      const channel = postTarget(workspace, args.channel_id);
      const text = args.initial_comment ?? files.map((one) => one.title).join(', ');
      postAsBot(workspace, channel, { content: readContent({ text }), files });
    }
    return { files: files.map(({ id, title }) => ({ id, title })) };
  },
);
