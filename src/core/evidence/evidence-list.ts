/**
 * The list of evidence of a pack as a document to file (DOCX, and PDF where something draws pages): what
 * the pack is, what it shows out of what, each exhibit with what it is to prove, how it was acquired, the
 * decisions and the reports. Both languages side by side, because the reader's is not known.
 */
import type { Block, Document } from '../documents/document.ts';
import type { PackInput } from './pack-content.ts';
import { statementOf } from './pack-documents.ts';

type Time = (instant: number) => string;

const PROFILES: Readonly<Record<PackInput['profile'], string>> = {
  court: '法院 Court',
  arbitration: '仲裁 Arbitration',
  police: '公安机关 Police',
  regulator: '主管部门 Regulator',
  internal: '内部 Internal',
};
/** Milliseconds are left out and the offset stands apart: this is for people. */
const shown = (text: string) => text.replace('T', ' ').replace(/\.\d{3}(?=[+-Z])/, ' ');

function exhibits(input: PackInput, time: Time): Block[] {
  return [
    { kind: 'heading', level: 1, text: '一、证据目录 List of evidence' },
    {
      kind: 'table',
      columns: [
        { title: '编号\nNo.', share: 3 },
        { title: '内容\nContents', share: 6 },
        { title: '证明目的\nTo prove', share: 3 },
        { title: '条数\nMessages', share: 3 },
        { title: '加入\nAdded', share: 4 },
      ],
      rows: input.exhibits.map((exhibit) => [
        exhibit.number,
        exhibit.sha256 === null
          ? `${exhibit.description}\n部分内容已隐去 parts withheld`
          : `${exhibit.description}\nSHA-256 ${exhibit.sha256}`,
        input.purpose,
        String(exhibit.messages),
        `${shown(time(exhibit.addedAt))}\n${exhibit.officer}`,
      ]),
    },
  ];
}

function acquisition(input: PackInput, time: Time): Block[] {
  return [
    { kind: 'heading', level: 1, text: '三、取得方式 Acquisition' },
    ...input.sources.flatMap((source): Block[] => [
      { kind: 'heading', level: 2, text: source.file },
      {
        kind: 'facts',
        rows: [
          ['SHA-256', source.sha256],
          ['大小 Bytes', String(source.bytes)],
          ['导入 Imported', `${shown(time(source.importedAt))} · ${source.officer}`],
          ['格式 Format', `${source.format} ${source.formatVersion ?? ''}`],
          ...(source.authority === null
            ? ([['授权 Authority', '未记录 not recorded']] as const)
            : ([
                ['授权人 Authorised by', source.authority.authorisedBy],
                ['目的 Purpose', source.authority.purpose],
                ['范围 Scope', source.authority.scope],
                ['依据 Basis', source.authority.basis],
                ['设备 Device', source.authority.device ?? '—'],
                ['持有人 Holder', source.authority.holder ?? '—'],
                ['工具 Tool', source.authority.tool ?? '—'],
              ] as const)),
        ],
      },
    ]),
  ];
}

function outcome(input: PackInput, time: Time): Block[] {
  const decisions: Block[] = input.decisions.map((decision) => ({
    kind: 'facts',
    rows: [
      ['当事人 Party', decision.party],
      ['措施 Measure', `${decision.measureTitle.zh} ${decision.measureTitle.en}`],
      ['事实 Facts', decision.facts],
      ['依据 Basis', decision.basis.join('；')],
      ['决定 Decided', `${shown(time(decision.at))} · ${decision.officer}`],
      [
        '复核 Second review',
        decision.approval === null
          ? '—'
          : `${decision.approval.approved ? '同意 approved' : '不同意 refused'} · ${shown(time(decision.approval.at))} · ${decision.approval.officer}`,
      ],
    ],
  }));
  return [
    { kind: 'heading', level: 1, text: '四、处置决定 Decisions' },
    ...(decisions.length === 0 ? [{ kind: 'paragraph', text: '无 none' } as const] : decisions),
    { kind: 'heading', level: 1, text: '五、报告与回执 Reports and receipts' },
    input.duties.length === 0
      ? { kind: 'paragraph', text: '无 none' }
      : {
          kind: 'table',
          columns: [
            { title: '接收方\nReceiver', share: 4 },
            { title: '依据\nBasis', share: 4 },
            { title: '报送\nFiled', share: 4 },
            { title: '回执\nReceipt', share: 3 },
          ],
          rows: input.duties.map((duty) => [
            `${duty.receiver.zh} ${duty.receiver.en}`,
            duty.basis.join('；'),
            duty.filedAt === null ? '—' : shown(time(duty.filedAt)),
            duty.receiptNumber ?? '—',
          ]),
        },
  ];
}

function completeness(input: PackInput, time: Time): Block[] {
  const { zh, en } = statementOf(input.completeness);
  const at = (instant: number | null) => (instant === null ? '—' : shown(time(instant)));
  return [
    { kind: 'heading', level: 1, text: '二、完整性 Completeness' },
    { kind: 'paragraph', text: zh, look: 'notice' },
    { kind: 'paragraph', text: en, look: 'notice' },
    {
      kind: 'paragraph',
      text: '导出之前已经删除或撤回的消息，在任何导出文件中都看不到。Messages deleted or recalled before the export are in no export.',
      look: 'small',
    },
    {
      kind: 'table',
      columns: [
        { title: '会话\nConversation', share: 4 },
        { title: '期间\nPeriod', share: 5 },
        { title: '已导入\nImported', share: 3 },
        { title: '期间内\nIn period', share: 3 },
        { title: '收录\nShown', share: 3 },
        { title: '未收录\nLeft out', share: 3 },
      ],
      rows: input.completeness.map((one) => [
        one.name ?? one.conversationId,
        `${at(one.from)} — ${at(one.to)}`,
        String(one.total),
        String(one.inPeriod),
        String(one.selected + one.context),
        String(one.leftOut.reduce((sum, { count }) => sum + count, 0)),
      ]),
    },
  ];
}

/** The document; `fingerprint` is the signing key's. */
export function evidenceList(input: PackInput, fingerprint: string, time: Time): Document {
  return {
    language: 'zh-CN',
    title: `证据目录 ${input.case.number}`,
    header: `${input.case.number} · ${input.id}`,
    footer: `公钥指纹 key ${fingerprint}`,
    at: input.createdAt,
    blocks: [
      { kind: 'title', text: `证据目录 Evidence list ${input.case.number}` },
      {
        kind: 'facts',
        rows: [
          ['案卷 Case', `${input.case.number} ${input.case.title}`],
          ['证据包 Pack', input.id],
          ['用途 For', PROFILES[input.profile]],
          ['接收方 Recipient', input.recipient || '—'],
          ['目的 Purpose', input.purpose || '—'],
          ['制作 Made', `${shown(time(input.createdAt))} · ${input.officer.name} · ${input.software}`],
          ['公钥指纹 Key fingerprint', fingerprint],
          [
            '当事人 Parties',
            input.parties
              .map(({ name, role, platformId }) =>
                [name, role, platformId].filter((part) => part).join(' · '),
              )
              .join('\n') || '—',
          ],
        ],
      },
      ...exhibits(input, time),
      ...completeness(input, time),
      ...acquisition(input, time),
      ...outcome(input, time),
    ],
  };
}
