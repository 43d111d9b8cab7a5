/** Sections of the list of evidence about what was done: rules, hearing, letters, decisions, reports, referral. */
import type { Block } from '../documents/document.ts';
import { categoryOf } from '../domain/category.ts';
import { ROLE_WORDS } from './filing-words.ts';
import { shownTime } from './message-blocks.ts';
import type { PackInput } from './pack-content.ts';

export type Time = (instant: number) => string;

const NONE: Block = { kind: 'paragraph', text: '无 none' };
const day = (time: Time, instant: number | null) => (instant === null ? '—' : shownTime(time(instant)));

/** Words for codes that people read; another code is shown as it is. */
const WORDS: Readonly<Record<string, string>> = {
  'staff-consultation': '经民主程序 staff consultation',
  announced: '公示 announced',
  contract: '合同约定 contract',
  'terms-of-service': '服务条款 terms of service',
  other: '其他 other',
  'not-asked': '未询问 not asked',
  confirmed: '本人承认 confirmed',
  contested: '本人否认 contested',
  'no-answer': '未答复 no answer',
  invitation: '陈述申辩通知 invitation to answer',
  decision: '决定通知 decision',
  'appeal-outcome': '申诉结果通知 outcome of appeal',
  upheld: '维持 upheld',
  reduced: '减轻 reduced',
  overturned: '撤销 overturned',
};
const word = (code: string) => WORDS[code] ?? code;

/** What something rests on, article by article. */
const cited = ({ citation }: PackInput, basis: readonly string[]) =>
  basis.map((one) => citation?.(one) ?? one).join('；');

export function rules({ proceedings }: PackInput): Block[] {
  if (proceedings.rules.length === 0) return [NONE];
  return proceedings.rules.map(
    (one): Block => ({
      kind: 'facts',
      rows: [
        ['规则 Rule', `《${one.title}》 ${one.version}`],
        ['施行 In force', `${one.effectiveFrom} — ${one.endedOn ?? ''}`],
        [
          '制定与公示 Adoption',
          one.adoption === null
            ? '未记录 not recorded'
            : `${word(one.adoption.way)} · ${one.adoption.on}${one.adoption.proof ? `\n${one.adoption.proof}` : ''}`,
        ],
        [
          '当事人签收 Received',
          one.receipts
            .map(({ party, on, proof }) => [party, on, proof].filter((part) => part).join(' · '))
            .join('\n') || '未记录 not recorded',
        ],
      ],
    }),
  );
}

export function hearing({ proceedings }: PackInput, time: Time): Block[] {
  if (proceedings.hearings.length === 0) return [NONE];
  return proceedings.hearings.map(
    (one): Block => ({
      kind: 'facts',
      rows: [
        ['当事人 Party', one.party],
        [
          '是否本人所为 Authorship',
          [word(one.authorship), one.authorshipNote].filter((part) => part).join(' · '),
        ],
        [
          '通知 Invited',
          one.invitedAt === null
            ? `未通知 not invited${one.notInvitedReason ? `: ${one.notInvitedReason}` : ''}`
            : `${day(time, one.invitedAt)} · ${one.invitedHow}\n答复期限 due ${day(time, one.answerDue)}`,
        ],
        [
          '陈述申辩 Answer',
          one.answeredAt === null ? '无 none' : `${day(time, one.answeredAt)}\n${one.answer}`,
        ],
      ],
    }),
  );
}

export function letters({ proceedings }: PackInput, time: Time): Block[] {
  if (proceedings.letters.length === 0) return [NONE];
  return [
    {
      kind: 'table',
      columns: [
        { title: '文书\nLetter', share: 4 },
        { title: '收件人\nTo', share: 3 },
        { title: '制作\nWritten', share: 4 },
        { title: '送达与证明\nService and its proof', share: 5 },
      ],
      rows: proceedings.letters.map((one) => [
        `${word(one.kind)}\nSHA-256 ${one.sha256}`,
        one.party,
        `${day(time, one.at)}\n${one.officer}`,
        one.servedAt === null
          ? '未记录 not recorded'
          : [day(time, one.servedAt), one.servedHow, one.serviceProof].filter((part) => part).join('\n'),
      ]),
    },
  ];
}

export function appeals({ proceedings }: PackInput, time: Time): Block[] {
  if (proceedings.appeals.length === 0) return [NONE];
  return proceedings.appeals.map(
    (one): Block => ({
      kind: 'facts',
      rows: [
        ['申诉 Appeal', `${day(time, one.lodgedAt)} · ${one.lodgedBy}\n${one.grounds}`],
        [
          '结果 Outcome',
          one.outcome === null
            ? '未结 open'
            : [word(one.outcome), day(time, one.decidedAt), one.decidedBy, one.reason]
                .filter((part) => part)
                .join(' · '),
        ],
      ],
    }),
  );
}

export function decisions(input: PackInput, time: Time): Block[] {
  if (input.decisions.length === 0) return [NONE];
  return input.decisions.map(
    (decision): Block => ({
      kind: 'facts',
      rows: [
        ['当事人 Party', decision.party],
        ['措施 Measure', `${decision.measureTitle.zh} ${decision.measureTitle.en}`],
        ['事实 Facts', decision.facts],
        ['依据 Basis', cited(input, decision.basis)],
        ['决定 Decided', `${day(time, decision.at)} · ${decision.officer}`],
        [
          '复核 Second review',
          decision.approval === null
            ? '—'
            : `${decision.approval.approved ? '同意 approved' : '不同意 refused'} · ${day(time, decision.approval.at)} · ${decision.approval.officer}`,
        ],
      ],
    }),
  );
}

export function reports(input: PackInput, time: Time): Block[] {
  if (input.duties.length === 0) return [NONE];
  return [
    {
      kind: 'table',
      columns: [
        { title: '接收方\nReceiver', share: 4 },
        { title: '依据\nBasis', share: 7 },
        { title: '报送\nFiled', share: 3 },
        { title: '回执\nReceipt', share: 3 },
      ],
      rows: input.duties.map((duty) => [
        `${duty.receiver.zh} ${duty.receiver.en}`,
        cited(input, duty.basis),
        day(time, duty.filedAt),
        duty.receiptNumber ?? '—',
      ]),
    },
  ];
}

/** Whom, what and under which articles: the organisation's own words, no form of an authority. */
export function referral(input: PackInput): Block[] {
  const basis = [...new Set(input.decisions.flatMap((decision) => decision.basis))];
  return [
    {
      kind: 'paragraph',
      look: 'notice',
      text: '以下为本单位移送的线索与材料，是否违法由接收机关认定。What follows is referred by the organisation; whether it is unlawful is for the receiving authority to find.',
    },
    {
      kind: 'facts',
      rows: [
        [
          '涉嫌类别 Suspected',
          input.case.categories.map((id) => `${categoryOf(id).zh} ${categoryOf(id).en}`).join('、') || '—',
        ],
        [
          '涉及人员 Persons',
          input.parties
            .map(({ name, role, platformId }) =>
              [name, ROLE_WORDS[role], platformId].filter((part) => part).join(' · '),
            )
            .join('\n') || '—',
        ],
        ['主要事实 Facts', input.decisions.map(({ facts }) => facts).join('\n') || input.case.note || '—'],
        ['本单位所引依据 Basis cited', cited(input, basis) || '—'],
      ],
    },
  ];
}

/** The list that the rules of 2016 on electronic data ask for (art. 14): category, file format, check value. */
export function dataList(input: PackInput): Block[] {
  const files = input.attachments.filter(({ state }) => state === 'included');
  return [
    {
      kind: 'table',
      columns: [
        { title: '类别\nCategory', share: 3 },
        { title: '文件\nFile', share: 4 },
        { title: '格式\nFormat', share: 3 },
        { title: '大小\nBytes', share: 2 },
        { title: '完整性校验值\nCheck value (SHA-256)', share: 6 },
      ],
      rows: [
        ...input.sources.map((source) => [
          '聊天记录导出文件 chat export',
          source.file,
          `${source.format} ${source.formatVersion ?? ''}`.trim(),
          String(source.bytes),
          source.sha256,
        ]),
        ...files.map(({ kind, file }) => [
          `附件 attachment: ${kind}`,
          '—',
          file?.type ?? '',
          String(file?.bytes ?? 0),
          file?.sha256 ?? '',
        ]),
      ],
    },
  ];
}

/** To be filled in by hand by whoever takes the pack. */
export function receipt(): Block[] {
  const blank = '　'.repeat(20);
  return [
    {
      kind: 'facts',
      rows: [
        ['接收单位 Received by', blank],
        ['接收人 Name', blank],
        ['日期 Date', blank],
        ['所核对的公钥指纹 Fingerprint compared', blank],
      ],
    },
  ];
}
