/** The content of a Skype message: text with markup, media objects, calls, changes of a group. */
import type { MessageKind } from '../../../domain/message.ts';
import { findElement, findElements, type HtmlElement, parseHtml, visibleText } from '../../html-tree.ts';
import type { CarriedText, ImportedAttachment } from '../../importer.ts';
import { NONE } from '../../text.ts';

/** Kinds by `messagetype`; all of `ThreadActivity/` are notices. */
const KINDS: Readonly<Record<string, MessageKind>> = {
  Text: 'text',
  RichText: 'text',
  'RichText/Html': 'text',
  'RichText/Sms': 'text',
  'RichText/UriObject': 'image',
  'RichText/Media_Album': 'image',
  'RichText/Media_GenericFile': 'file',
  'RichText/Media_Video': 'video',
  'RichText/Media_CallRecording': 'video',
  'RichText/Media_AudioMsg': 'voice',
  'RichText/Media_FlikMsg': 'sticker',
  'RichText/Media_Card': 'link',
  'RichText/Contacts': 'contact',
  'RichText/Location': 'location',
  'RichText/ScheduledCallInvite': 'meeting',
  'Event/Call': 'call',
  Poll: 'vote',
  Notice: 'system',
  PopCard: 'system',
};

/** The kind that a `messagetype` names; `other` for those of later versions. */
export function skypeKind(type: string): MessageKind {
  return type.startsWith('ThreadActivity/') ? 'system' : (KINDS[type] ?? 'other');
}

const named =
  (name: string) =>
  (element: HtmlElement): boolean =>
    element.name === name;

function wordsIn(content: readonly (HtmlElement | string)[], name: string): string[] {
  return findElements(content, named(name)).map((element) => visibleText(element.children).trim());
}

export interface SkypeBody {
  readonly text: string;
  readonly carried: readonly CarriedText[];
  readonly attachments: readonly ImportedAttachment[];
  /** Id of the message that is quoted. */
  readonly refersTo: string | null;
  /** Time of an edit, milliseconds since 1970 as text; null where there is none. */
  readonly edited: string | null;
  readonly links: readonly { readonly text: string; readonly href: string }[];
}

const EMPTY: SkypeBody = {
  text: '',
  carried: NONE,
  attachments: NONE,
  refersTo: null,
  edited: null,
  links: NONE,
};

function quoteOf(element: HtmlElement): CarriedText {
  const { author, authorname, timestamp } = element.attributes;
  const text = visibleText(element.children, { skip: named('legacyquote'), keepSpace: true }).trim();
  return { act: 'quote', sender: authorname || author || null, text, sentAtText: timestamp ?? null };
}

function attachmentOf(object: HtmlElement, kind: MessageKind): ImportedAttachment {
  const original = findElement(object.children, named('originalname'))?.attributes.v;
  const size = Number(findElement(object.children, named('filesize'))?.attributes.v ?? Number.NaN);
  const own = kind === 'image' || kind === 'video' || kind === 'voice' || kind === 'sticker' ? kind : 'file';
  return {
    kind: own,
    name: original ?? findElement(object.children, named('meta'))?.attributes.originalname ?? null,
    reference: object.attributes.uri ?? null,
    size: Number.isFinite(size) && size > 0 ? size : null,
    md5: null,
  };
}

/** A call in words: how it went, who took part, seconds. */
function callText(nodes: readonly (HtmlElement | string)[]): string {
  const list = findElement(nodes, named('partlist'));
  if (list === null) return visibleText(nodes).trim();
  const parts = findElements(list.children, named('part')).map((part) => {
    const name = wordsIn(part.children, 'name')[0] || part.attributes.identity || '?';
    const seconds = wordsIn(part.children, 'duration')[0];
    return seconds === undefined ? name : `${name} ${Math.round(Number(seconds)) || 0} s`;
  });
  return `call ${list.attributes.type ?? ''}: ${parts.join(', ')}`.replace(' :', ':');
}

/** A message's content in words; what others wrote in it is carried. */
export function skypeBody(content: string, type: string): SkypeBody {
  if (type === 'Text' || content === '') return { ...EMPTY, text: content };
  const nodes = parseHtml(content).children;
  if (type === 'Event/Call') return { ...EMPTY, text: callText(nodes) };
  const kind = skypeKind(type);
  const objects = findElements(nodes, named('uriobject'));
  if (objects.length > 0) {
    const attachments = objects.map((object) => attachmentOf(object, kind));
    const words = kind === 'location' || kind === 'contact' ? visibleText(nodes).trim() : '';
    const title = objects
      .map((object) => wordsIn(object.children, 'title')[0] ?? '')
      .join('\n')
      .trim();
    return { ...EMPTY, text: words === '' ? title : words, attachments };
  }
  const quotes = findElements(nodes, named('quote'));
  const edit = findElement(nodes, named('e_m'));
  const text = visibleText(nodes, {
    keepSpace: true,
    skip: (element) => element.name === 'quote' || element.name === 'e_m',
  });
  const links = findElements(nodes, named('a'))
    .map((element) => ({ text: visibleText(element.children), href: element.attributes.href ?? '' }))
    .filter(({ text: shown, href }) => /^[a-z]+:/i.test(href) && href !== shown && `${shown}/` !== href);
  return {
    ...EMPTY,
    text: quotes.length > 0 ? text.replace(/^\s+/, '') : text,
    carried: quotes.length === 0 ? NONE : quotes.map(quoteOf),
    refersTo: quotes[0]?.attributes.messageid ?? null,
    edited: edit?.attributes.ts_ms ?? null,
    links: links.length === 0 ? NONE : links,
  };
}

/** Who came or left by whose hand, and what a group is called now, as a notice's content says. */
export interface ThreadActivity {
  readonly act: 'invite' | 'remove' | 'join' | 'leave' | 'rename' | null;
  readonly actor: string | null;
  readonly targets: readonly string[];
  readonly name: string | null;
  readonly text: string;
}

const ACTS: Readonly<Record<string, ThreadActivity['act']>> = {
  'ThreadActivity/AddMember': 'invite',
  'ThreadActivity/DeleteMember': 'remove',
  'ThreadActivity/MemberJoined': 'join',
  'ThreadActivity/MemberLeft': 'leave',
  'ThreadActivity/TopicUpdate': 'rename',
};

/** A change of a group, from its XML. */
export function threadActivity(content: string, type: string): ThreadActivity {
  const nodes = parseHtml(content).children;
  const listed = ACTS[type] ?? null;
  const actor = wordsIn(nodes, 'initiator')[0] ?? null;
  const targets = wordsIn(nodes, 'target').map((words) => /^\d{1,2}:\S+/.exec(words)?.[0] ?? words);
  const act = listed === 'remove' && targets.length === 1 && targets[0] === actor ? 'leave' : listed;
  const value = wordsIn(nodes, 'value')[0] ?? null;
  const name = act === 'rename' ? value : null;
  const what = type
    .replace('ThreadActivity/', '')
    .replace(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase();
  const rest = [...targets, ...(value === null ? [] : [value])].join(', ');
  const by = actor === null ? '' : ` (by ${actor})`;
  return { act, actor, targets, name, text: `${what}${rest === '' ? '' : `: ${rest}`}${by}` };
}
