/** Slack's markup: references in angle brackets, three escaped characters, blocks of rich text. */
import { isObject, listOf, stringOf } from '../../text.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&amp;': '&', '&lt;': '<', '&gt;': '>' };

function reference(inside: string, names: ReadonlyMap<string, string>): string {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : inside.slice(bar + 1);
  const id = target.slice(1);
  if (target.startsWith('@')) return `@${(label || (names.get(id) ?? id)).replace(/^@/, '')}`;
  if (target.startsWith('#')) return `#${(label || (names.get(id) ?? id)).replace(/^#/, '')}`;
  if (target.startsWith('!')) {
    const command = id.split('^')[0] as string;
    return label !== '' ? label : `@${command}`;
  }
  const address = target.replace(/^mailto:/, '');
  return label === '' || label === target || label === address ? address : `${label} (${address})`;
}

/** A text as Slack shows it. `names` maps ids of people and channels to what they are called. */
export function slackText(text: string, names: ReadonlyMap<string, string>): string {
  if (!/[<&]/.test(text)) return text;
  return text
    .replace(/<([^<>\s][^<>\n]*)>/g, (_whole, inside: string) => reference(inside, names))
    .replace(/&(?:amp|lt|gt);/g, (entity) => ENTITIES[entity] as string);
}

const MAX_DEPTH = 32;

/** The words of `blocks`, for messages whose `text` is empty. */
export function blocksText(value: unknown, names: ReadonlyMap<string, string>, depth = 0): string {
  if (depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) {
    const parts = (value as unknown[]).map((item) => blocksText(item, names, depth + 1));
    const inline = (value as unknown[]).every(
      (item) =>
        isObject(item) &&
        /^(?:text|link|user|channel|emoji|usergroup|broadcast|date|color)$/.test(stringOf(item.type)),
    );
    return parts.filter((part) => part !== '').join(inline ? '' : '\n');
  }
  if (!isObject(value)) return '';
  const type = stringOf(value.type);
  if (type === 'user') return reference(`@${stringOf(value.user_id)}`, names);
  if (type === 'channel') return reference(`#${stringOf(value.channel_id)}`, names);
  if (type === 'usergroup') return `@${stringOf(value.usergroup_id)}`;
  if (type === 'broadcast') return `@${stringOf(value.range)}`;
  if (type === 'emoji') return `:${stringOf(value.name)}:`;
  if (type === 'link') return reference(`${stringOf(value.url)}|${stringOf(value.text)}`, names);
  const own =
    typeof value.text === 'string'
      ? type === 'text'
        ? value.text
        : slackText(value.text, names)
      : blocksText(value.text, names, depth + 1);
  const below = ['title', 'fields', 'elements', 'alt_text']
    .map((name) =>
      typeof value[name] === 'string' ? stringOf(value[name]) : blocksText(value[name], names, depth + 1),
    )
    .filter((part) => part !== '');
  return [own, ...below].filter((part) => part !== '').join('\n');
}

/** Ids and names of `users.json`, `channels.json` and the like, added to `names`. */
export function addSlackNames(list: unknown, names: Map<string, string>): void {
  for (const entry of listOf(list)) {
    if (!isObject(entry)) continue;
    const id = stringOf(entry.id);
    const name = slackUserName(entry) || stringOf(entry.name);
    if (id !== '' && name !== '') names.set(id, name);
  }
}

/** The name under which a user is shown; empty for an entry without a profile. */
export function slackUserName(user: Readonly<Record<string, unknown>>): string {
  const profile = isObject(user.profile) ? user.profile : {};
  return (
    stringOf(profile.display_name) ||
    stringOf(profile.real_name) ||
    stringOf(user.display_name) ||
    stringOf(user.real_name)
  );
}
