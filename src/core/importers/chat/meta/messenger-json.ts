/** Facebook Messenger, as people download it; see `meta-messages.ts`. */
import type { Importer, SourceHead } from '../../importer.ts';
import { metaRoot, readMetaMessages } from './meta-messages.ts';

function sniff(head: SourceHead): number {
  const root = metaRoot(head);
  if (root === null) return /"sender_name"\s*:[^{}]*"timestamp_ms"\s*:\s*\d/.test(head.text) ? 0.6 : 0;
  if ('threadName' in root || 'thread_type' in root) return 0.97;
  return /facebook/i.test(head.text) ? 0.97 : 0.9;
}

export const messengerJson: Importer = {
  id: 'messenger-download-json',
  version: 3,
  platform: 'messenger',
  holds: 'chat',
  title: { zh: 'Facebook Messenger 下载的消息（JSON）', en: 'Facebook Messenger download (JSON)' },
  extensions: ['.json'],
  sniff,
  read: readMetaMessages,
};
