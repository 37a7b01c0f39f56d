import { exportPartnership } from '../../usecases/export-partnership.ts';
import { slackCode } from '../slack-error.ts';
import { sendFiles } from '../upload.ts';
import { escapeText, named } from '../views/kit.ts';
import { type Ask, sentence } from './ask.ts';

const notGranted =
  'I may not send files here, so nothing was sent. Ask an administrator to install the app again: it asks for files:write.';
const notSent =
  'Slack did not take the files, so nothing was sent. Nothing was changed. Try again in a minute.';

/** Sends the asker what they may see, as files in a direct message. */
export const exportTo = async ({ parts, asking, reply }: Ask, partnershipId: string): Promise<void> => {
  const { pair, form, files } = await exportPartnership(parts.deps, asking, { partnershipId });
  const what = form === 'internal' ? 'everything kept, also what only your firm sees' : 'what both firms see';
  const text = `${named(pair)}: ${what}. The plan as Markdown, the rest as CSV.`;
  try {
    await sendFiles(parts.clients.posting, { userId: asking.by.userId, text: escapeText(text) }, files);
  } catch (error) {
    parts.log.warn('an export could not be sent', { partnershipId, by: asking.by, error });
    return reply(sentence(slackCode(error) === 'missing_scope' ? notGranted : notSent));
  }
  await reply(sentence(`Sent to you as ${files.length} files: ${what}. They are in your messages with me.`));
};
