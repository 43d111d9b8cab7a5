import { describe, expect, test } from 'vitest';
import { whatsAppEvent } from '../../src/core/importers/chat/whatsapp/whatsapp-events.ts';
import {
  isDeleted,
  isEdited,
  kindOfText,
  mediaOf,
} from '../../src/core/importers/chat/whatsapp/whatsapp-markers.ts';
import { whatsAppText } from '../../src/core/importers/chat/whatsapp/whatsapp-text.ts';
import { runImporter } from './helpers.ts';

const read = (lines: readonly string[], options = {}) =>
  runImporter(
    whatsAppText,
    'WhatsApp Chat with Trade Hub.txt',
    Buffer.from(`${lines.join('\n')}\n`),
    options,
  );

describe('notices about a group', () => {
  test.each([
    ['Alice created group “Trade”', 'create', 'Alice', [], 'Trade'],
    ['张三创建了群组“销售”', 'create', '张三', [], '销售'],
    ['張三建立了群組「甲」', 'create', '張三', [], '甲'],
    ['Anna hat die Gruppe „Handel“ erstellt.', 'create', 'Anna', [], 'Handel'],
    ['Ana creó el grupo "Ventas"', 'create', 'Ana', [], 'Ventas'],
    ['Anne a créé le groupe « Ventes »', 'create', 'Anne', [], 'Ventes'],
    ['Ana criou o grupo "Vendas"', 'create', 'Ana', [], 'Vendas'],
    ['Anna ha creato il gruppo "Vendite"', 'create', 'Anna', [], 'Vendite'],
    ['Alice added Bob and Carol', 'invite', 'Alice', ['Bob', 'Carol'], undefined],
    ['Bob was added', 'invite', null, ['Bob'], undefined],
    ['张三添加了李四、王五', 'invite', '张三', ['李四', '王五'], undefined],
    ['Anna hat Bob hinzugefügt.', 'invite', 'Anna', ['Bob'], undefined],
    ['Ana añadió a Bob', 'invite', 'Ana', ['Bob'], undefined],
    ['Anne a ajouté Bob', 'invite', 'Anne', ['Bob'], undefined],
    ['Ana adicionou Bob', 'invite', 'Ana', ['Bob'], undefined],
    ['Anna ha aggiunto Bob', 'invite', 'Anna', ['Bob'], undefined],
    ['山田さんが田中さんを追加しました', 'invite', '山田', ['田中'], undefined],
    ['김님이 이님을 추가했습니다', 'invite', '김', ['이'], undefined],
    ["Bob joined using this group's invite link", 'join', 'Bob', [], undefined],
    ['李四使用此群组的邀请链接加入了', 'join', '李四', [], undefined],
    ['Alice removed Bob', 'remove', 'Alice', ['Bob'], undefined],
    ['Bob left', 'leave', 'Bob', [], undefined],
    ['李四退出了群组', 'leave', '李四', [], undefined],
    ['Bob hat die Gruppe verlassen', 'leave', 'Bob', [], undefined],
    ['Alice changed the subject from “A” to “B”', 'rename', 'Alice', [], 'B'],
    ["You're now an admin", 'promote', null, ['You'], undefined],
  ])('%s', (text, act, actor, targets, name) => {
    expect(whatsAppEvent(`\u200e${text}`)).toEqual({
      act,
      actor,
      targets,
      ...(name === undefined ? {} : { name }),
    });
  });

  test.each([
    "Alice changed this group's icon",
    'Messages and calls are end-to-end encrypted.',
    'Your security code with Bob changed.',
  ])('another notice: %s', (text) => {
    expect(whatsAppEvent(text)).toBeNull();
  });

  test('who came and who went is kept beside the notice; the phone’s own person has no account there', async () => {
    const run = await read([
      '1/2/24, 10:00 - Alice created group "Trade Hub"',
      '1/2/24, 10:01 - Alice added Bob and +86 138 0000 0000',
      '1/2/24, 10:02 - You were added',
      '1/2/24, 10:03 - Bob: Alice added Carol',
      '1/2/24, 10:04 - Bob left',
    ]);
    expect(run.messages.map(({ kind, senderKey }) => [kind, senderKey])).toEqual([
      ['system', null],
      ['system', null],
      ['system', null],
      ['text', 'name:Bob'],
      ['system', null],
    ]);
    expect(run.memberships.map(({ accountKey, from, to }) => [accountKey, from, to])).toEqual([
      ['name:Bob', '1/2/24, 10:01', null],
      ['+8613800000000', '1/2/24, 10:01', null],
      ['name:Bob', null, '1/2/24, 10:04'],
    ]);
  });
});

test.each(['Esta mensagem foi apagada', 'Dit bericht is verwijderd', '您已删除此消息', 'Bu mesaj silindi'])(
  'deleted: %s',
  (text) => {
    expect(isDeleted(text)).toBe(true);
  },
);

test.each([
  'ok <This message was edited>',
  'gut \u200e<Diese Nachricht wurde bearbeitet.>',
  'vale <Se editó este mensaje.>',
  'ok <Mensagem editada>',
])('edited: %s', (text) => {
  expect(isEdited(text)).toBe(true);
});

test.each([
  '<Mídia oculta>',
  '<メディアは含まれていません>',
  '<Media tidak disertakan>',
  '<Multimedia omitido>',
])('left out: %s', (text) => {
  expect(mediaOf(text)).toEqual({ kind: 'other', attachment: null });
});

test.each([
  ['location: https://maps.google.com/?q=31,121', 'location'],
  ['位置：https://maps.google.com/?q=31,121', 'location'],
  ['POLL:\nLunch?\nOPTION: yes (2 votes)', 'vote'],
  ['EVENT: Launch', 'meeting'],
  ['You received a view once photo. For added privacy, you can only open it on your phone.', 'other'],
  ['the location: behind the house', 'text'],
])('kind of %s', (text, kind) => {
  expect(kindOfText(text)).toBe(kind);
});
