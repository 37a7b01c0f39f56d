import { getPermalink, remove, update as updateMessage } from './chat-change.ts';
import { postEphemeral, postMessage } from './chat-post.ts';
import { info, join, list, members, ofUser, open as openConversation } from './conversations.ts';
import { authTest, openConnection, teamInfo, userInfo, userList } from './directory.ts';
import { completeUpload, uploadUrl } from './files.ts';
import { history, replies } from './history.ts';
import type { Method } from './method.ts';
import { open, publish, push, update } from './views.ts';

/** Everything that this workspace answers; any other name is an `unknown_method`. */
export const methods: ReadonlyMap<string, Method> = new Map([
  ['auth.test', authTest],
  ['apps.connections.open', openConnection],
  ['chat.postMessage', postMessage],
  ['chat.postEphemeral', postEphemeral],
  ['chat.update', updateMessage],
  ['chat.delete', remove],
  ['chat.getPermalink', getPermalink],
  ['conversations.info', info],
  ['conversations.list', list],
  ['conversations.members', members],
  ['conversations.history', history],
  ['conversations.replies', replies],
  ['conversations.open', openConversation],
  ['conversations.join', join],
  ['files.getUploadURLExternal', uploadUrl],
  ['files.completeUploadExternal', completeUpload],
  ['users.info', userInfo],
  ['users.list', userList],
  ['users.conversations', ofUser],
  ['team.info', teamInfo],
  ['views.open', open],
  ['views.push', push],
  ['views.update', update],
  ['views.publish', publish],
]);
