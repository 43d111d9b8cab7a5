/**
 * The log of who read what. Every opening of chat content is an event; so that scrolling does not
 * flood the audit log, views of one conversation or case are counted together for a short time and
 * written as one event with their number.
 */
import { change, record, type Session } from '../session.ts';

interface View {
  subject: { type: string; id: string };
  messages: number;
}

const pending = new WeakMap<Session['workspace'], Map<string, View>>();

/** Notes that `messages` messages of a conversation or case were shown. Written by `flushViews`. */
export function logView(session: Session, subject: { type: string; id: string }, messages: number): void {
  if (messages === 0) return;
  let views = pending.get(session.workspace);
  if (!views) {
    views = new Map();
    pending.set(session.workspace, views);
  }
  const key = `${subject.type} ${subject.id}`;
  const view = views.get(key) ?? { subject, messages: 0 };
  view.messages += messages;
  views.set(key, view);
}

/** Notes the messages of a listing by their conversations. */
export function logMessageViews(session: Session, shown: readonly { conversationId: string | null }[]): void {
  for (const { conversationId } of shown) {
    if (conversationId) logView(session, { type: 'conversation', id: conversationId }, 1);
  }
}

/**
 * Writes what was noted. Called on a timer, before another officer acts, and before closing. What was
 * read of one conversation or case is an event on it; a listing over several conversations is one event
 * on the workspace that counts them, lest a page of search results write a row for each of its rows.
 */
export function flushViews(session: Session): void {
  const noted = pending.get(session.workspace);
  if (!noted || noted.size === 0) return;
  pending.delete(session.workspace);
  const views = [...noted.values()];
  const listed = views.filter(({ subject }) => subject.type === 'conversation');
  const single = listed.length > 1 ? views.filter((view) => !listed.includes(view)) : views;
  change(session, () => {
    for (const { subject, messages } of single) {
      record(session, { type: 'content.viewed', subject, after: { messages } });
    }
    if (listed.length > 1) {
      record(session, {
        type: 'content.viewed',
        subject: { type: 'workspace', id: session.workspace.keyFile.workspaceId },
        after: {
          messages: listed.reduce((sum, view) => sum + view.messages, 0),
          conversations: Object.fromEntries(listed.map((view) => [view.subject.id, view.messages])),
        },
      });
    }
  });
}
