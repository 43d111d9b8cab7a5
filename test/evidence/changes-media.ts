/** Single changes to the media and the pages of a pack, each with what a verifier must name. */

import { sha256 } from '../../src/core/audit/digest.ts';
import { uid } from '../builders/evidence-messages.ts';
import { TEST_PICTURE } from '../builders/evidence-pack.ts';
import { editFirst, editJson, editLines, type Files, type Json } from '../builders/evidence-tamper.ts';

const MEDIA = 'data/attachments.json';
const PAGES = 'data/pages.ndjson';
const PICTURE = `data/attachments/${sha256(TEST_PICTURE)}.png`;
type Change = readonly [what: string, change: (files: Files) => void, named: RegExp];

const first = (edit: (entry: Json) => void) => (files: Files) => editFirst(files, MEDIA, 'attachments', edit);
const page = (index: number, edit: (page: Json) => void) => (files: Files) =>
  editLines(files, PAGES, (lines) =>
    lines.map((text, i) => {
      if (i !== index) return text;
      const parsed = JSON.parse(text) as Json;
      edit(parsed);
      return JSON.stringify(parsed);
    }),
  );
const named = uid('message', 5);

export const MEDIA_CHANGES: readonly Change[] = [
  [
    'a byte of a picture',
    (files) => files.set(PICTURE, Buffer.concat([TEST_PICTURE, Buffer.of(0)])),
    new RegExp(`${PICTURE}.*digest-differs`),
  ],
  ['a picture removed', (files) => files.delete(PICTURE), new RegExp(`${PICTURE}.*missing`)],
  [
    'a picture renamed',
    (files) => {
      files.set(PICTURE.replace('.png', '.jpg'), files.get(PICTURE) as Buffer);
      files.delete(PICTURE);
    },
    new RegExp(`${PICTURE}.*missing`),
  ],
  [
    'a file that no message names',
    (files) => files.set(`data/attachments/${'a'.repeat(64)}.png`, TEST_PICTURE),
    /no-message-names-this/,
  ],
  [
    'the digest of a picture',
    first((it) => {
      it.sha256 = 'a'.repeat(64);
    }),
    /name-differs/,
  ],
  [
    'the size of a picture',
    first((it) => {
      it.bytes = 1;
    }),
    /size-differs/,
  ],
  [
    'a picture given to another message',
    first((it) => {
      it.message = uid('message', 6);
    }),
    /attachments-differ|message-not-shown/,
  ],
  [
    'a picture of a message that is not shown',
    first((it) => {
      it.message = uid('message', 99);
    }),
    /message-not-shown/,
  ],
  [
    'the kind of a medium',
    first((it) => {
      it.kind = 'video';
    }),
    new RegExp(`${named} kind-differs`),
  ],
  [
    'a medium passed off as missing',
    first((it) => {
      it.state = 'missing';
    }),
    /state-differs/,
  ],
  [
    'a medium whose file is hidden',
    first((it) => {
      it.state = 'missing';
      it.file = null;
    }),
    /no-message-names-this/,
  ],
  [
    'a state that there is not',
    first((it) => {
      it.state = 'lost';
    }),
    /attachments\.json/,
  ],
  [
    'a medium not listed',
    (files) =>
      editJson(files, MEDIA, (it) => {
        (it.attachments as Json[]).pop();
      }),
    new RegExp(`${uid('message', 14)} attachments-differ`),
  ],
  [
    'the count of missing media',
    (files) =>
      editJson(files, 'data/completeness.json', (it) => {
        (it.attachments as Json).missing = 0;
      }),
    /attachments counts-differ/,
  ],
  [
    'people by name hidden',
    (files) =>
      editJson(files, 'data/completeness.json', (it) => {
        it.disclosed = { people: 0, messages: 0 };
      }),
    /disclosed counts-differ/,
  ],
  [
    'a bystander passed off as a party',
    (files) =>
      editFirst(files, 'data/case.json', 'parties', (it) => {
        it.accountId = uid('account', 0);
      }),
    /disclosed counts-differ/,
  ],
  [
    'a line of a page',
    page(0, (it) => {
      (it.lines as string[])[0] = '别的';
    }),
    /page 1 page-digest-differs/,
  ],
  [
    'the digest of a page',
    page(1, (it) => {
      it.sha256 = 'a'.repeat(64);
    }),
    /page 2 page-digest-differs/,
  ],
  [
    'the number of a page',
    page(1, (it) => {
      it.page = 3;
    }),
    /page 3 not-in-sequence/,
  ],
  ['a page dropped', (files) => editLines(files, PAGES, ([, ...rest]) => rest), /page 2 not-in-sequence/],
  [
    'the last page dropped',
    (files) => editLines(files, PAGES, (lines) => [...lines.slice(0, -2), '']),
    /pages-missing/,
  ],
  [
    'rows of a page skipped',
    (files) =>
      editLines(files, PAGES, (lines) =>
        lines.map((text) => text.replace(/"rows":\[1,\d+\]/, '"rows":null')),
      ),
    /rows-not-shown/,
  ],
  [
    'a page that is no page',
    page(0, (it) => {
      it.lines = 7;
    }),
    /line 1 malformed/,
  ],
  ['the pages as HTML removed', (files) => files.delete('data/filing.html'), /filing\.html.*missing/],
  ['a volume removed', (files) => files.delete('data/filing-01.pdf'), /filing-01\.pdf.*missing/],
  [
    'a volume added',
    (files) => files.set('data/filing-02.pdf', Buffer.from('%PDF')),
    /filing-02\.pdf.*no-page-in-it/,
  ],
  ['the text of the pages removed', (files) => files.delete(PAGES), /filing\.html.*pages-missing/],
];
