/**
 * Instagram's messages, as people download them; see `meta-messages.ts`. The files are Messenger's own
 * kind, and only what they mention tells the two apart; where nothing does, the officer chooses.
 */
import type { Importer, SourceHead } from '../../importer.ts';
import { metaRoot, readMetaMessages } from './meta-messages.ts';

function sniff(head: SourceHead): number {
  const root = metaRoot(head);
  if (root === null || 'threadName' in root) return 0;
  const named = /instagram/i.test(head.name) || /your_instagram_activity|instagram_user/.test(head.text);
  // Older downloads of Instagram have Messenger's `thread_type` as well.
  if (named || (/instagram\.com/.test(head.text) && !/facebook/i.test(head.text))) return 0.98;
  return 0.85;
}

export const instagramJson: Importer = {
  id: 'instagram-download-json',
  version: 2,
  platform: 'instagram',
  holds: 'chat',
  title: { zh: 'Instagram 下载的私信（JSON）', en: 'Instagram messages download (JSON)' },
  extensions: ['.json'],
  sniff,
  read: readMetaMessages,
};
