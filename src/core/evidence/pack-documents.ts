/** The JSON files of a pack's payload. Each begins with what it is, in both languages. */
import type { ChainEntry } from '../audit/chain.ts';
import { attachmentCounts } from './attachments.ts';
import { approvalText, decisionText } from './decision-signature.ts';
import type { PackCompleteness, PackInput } from './pack-content.ts';
import { PACK_FORMAT } from './pack-format.ts';
import { fingerprintOf } from './pack-key.ts';
import { PROFILES } from './profiles.ts';

type Time = (instant: number) => string;

function document(zh: string, en: string, content: Record<string, unknown>): string {
  return `${JSON.stringify({ description: { zh, en }, format: PACK_FORMAT, ...content }, null, 2)}\n`;
}

const when = (time: Time, instant: number | null) => (instant === null ? null : time(instant));

/** `totals.rows` counts lines of messages.ndjson; a message in two exhibits has two. */
export function caseDocument(
  input: PackInput,
  fingerprint: string,
  totals: { rows: number; messages: number },
  time: Time,
): string {
  const { workspace } = input;
  return document(
    '案卷、当事人与证物清单。时间均为 RFC 3339。',
    'The case, its parties and the list of exhibits. Times are RFC 3339.',
    {
      pack: {
        id: input.id,
        profile: input.profile,
        recipient: input.recipient,
        purpose: input.purpose,
        createdAt: time(input.createdAt),
        zone: input.zone,
        software: input.software,
        officer: { id: input.officer.id, name: input.officer.name, fingerprint },
      },
      workspace: {
        id: workspace.id,
        prefix: workspace.prefix,
        profile: workspace.profile,
        auditHead: { sequence: workspace.auditHead.sequence, hash: workspace.auditHead.hash },
      },
      case: {
        id: input.case.id,
        number: input.case.number,
        title: input.case.title,
        state: input.case.state,
        categories: input.case.categories,
        tier: input.case.tier,
        severity: input.case.severity,
        openedAt: time(input.case.openedAt),
        closedAt: when(time, input.case.closedAt),
        officer: input.case.officer,
        note: input.case.note,
      },
      parties: input.parties,
      exhibits: input.exhibits.map(
        ({ id, number, description, proves, subject, addedAt, officer, messages, sha256 }) => ({
          number,
          id,
          description,
          proves,
          subject,
          addedAt: time(addedAt),
          officer,
          messages,
          sha256,
        }),
      ),
      totals: { exhibits: input.exhibits.length, rows: totals.rows, messages: totals.messages },
      leftOut: input.leftOut,
    },
  );
}

export function sourcesDocument(input: PackInput, time: Time): string {
  return document(
    '每份来源文件：导入前封存的 SHA-256、字节账目（已解析、跳过、忽略之和等于文件大小）、解析器与授权记录。',
    'Every source file: its SHA-256, sealed before parsing; the ledger of its bytes (parsed, skipped and ignored add up to its size); the importer; who authorised the collection.',
    {
      sources: input.sources.map((source) => ({
        id: source.id,
        file: source.file,
        sha256: source.sha256,
        bytes: source.bytes,
        platform: source.platform,
        format: source.format,
        formatVersion: source.formatVersion,
        importerVersion: source.importerVersion,
        encoding: source.encoding,
        zone: source.zone,
        assumptions: source.assumptions,
        messages: source.messages,
        duplicates: source.duplicates,
        skipped: source.skipped,
        ledger: source.ledger,
        skips: source.skips,
        digest: source.digest,
        importedAt: time(source.importedAt),
        officer: source.officer,
        authority:
          source.authority === null
            ? null
            : {
                ...source.authority,
                createdAt: time(source.authority.createdAt),
                expiresAt: when(time, source.authority.expiresAt ?? null),
              },
        acquisition: source.acquisition ? { ...source.acquisition, at: time(source.acquisition.at) } : null,
      })),
    },
  );
}

export function proofsDocument(input: PackInput): string {
  const head = JSON.stringify({
    zh: '默克尔树（RFC 9162 §2.1）证明：每条消息在来源文件所导入会话中的位置。runs 为连续区间，root 记录于审计日志。',
    en: 'Merkle tree proofs (RFC 9162 §2.1): where each message stands among those imported of its conversation from its source. `runs` are contiguous; the roots are stated in the audit log.',
  });
  const sources = input.proofs.map((source) => JSON.stringify(source));
  return `{"description":${head},"format":"${PACK_FORMAT}","sources":[\n${sources.join(',\n')}\n]}\n`;
}

/**
 * Each signature carries the exact text that was signed; the verifier also rebuilds that text from the
 * decision. A decision's times are UTC milliseconds here, because the signed text holds them so.
 */
export function decisionsDocument(input: PackInput): string {
  return document(
    '处置决定及其签名。signed 为被签名的原文（UTF-8），signature 为 Ed25519 签名（base64）；at 为 1970 年以来的 UTC 毫秒。',
    'Decisions and their signatures. `signed` is the exact text that was signed (UTF-8), `signature` its Ed25519 signature in base64; `at` is UTC milliseconds since 1970.',
    {
      keys: input.keys.map(({ officer, publicKey }) => ({
        officer,
        fingerprint: fingerprintOf(publicKey),
        publicKey,
      })),
      decisions: input.decisions.map((decision) => ({
        ...decision,
        signatures: decision.signatures.map(({ officer, fingerprint, signature }, i) => ({
          officer,
          fingerprint,
          signature,
          signed:
            i === 0 || decision.approval === null
              ? decisionText(decision)
              : approvalText(decision, decision.approval),
        })),
      })),
    },
  );
}

export function dutiesDocument(input: PackInput, time: Time): string {
  return document(
    '法定义务与报告记录：接收方、依据、期限、报送时间与回执号。',
    'Duties and reports: receiver, basis, term, time of filing and receipt number.',
    {
      duties: input.duties.map((duty) => ({
        ...duty,
        openedAt: time(duty.openedAt),
        dueAt: when(time, duty.dueAt),
        filedAt: when(time, duty.filedAt),
        assessment: duty.assessment === null ? null : { ...duty.assessment, at: time(duty.assessment.at) },
      })),
    },
  );
}

export function custodyDocument(input: PackInput, time: Time): string {
  return document(
    '保管链：每份证物由谁、何时、为何导入、查看、导出。',
    'Chain of custody: who imported, viewed and exported each exhibit, when and why.',
    { custody: input.custody.map((event) => ({ ...event, at: time(event.at) })) },
  );
}

/** Whether the pack shows less than all that was imported of a conversation. */
export function isSelective({
  total,
  inPeriod,
  leftOut,
}: Pick<PackCompleteness, 'total' | 'inPeriod' | 'leftOut'>): boolean {
  return inPeriod < total || leftOut.some(({ count }) => count > 0);
}

/** What a reader must know first, in both languages. */
export function statementOf(completeness: readonly PackCompleteness[]): { zh: string; en: string } {
  return completeness.some(isSelective)
    ? {
        zh: '本包为节选：所示会话在所导入的文件中另有消息未收录。完整性仅相对于所导入的文件。',
        en: 'This pack is an excerpt: the imported files hold more messages of the conversations shown. Complete relative to the imported files.',
      }
    : {
        zh: '本包收录了所示会话在所导入的文件中的全部消息。完整性仅相对于所导入的文件。',
        en: 'This pack shows every message that the imported files hold of the conversations shown. Complete relative to the imported files.',
      };
}

/** Messages of which some part is withheld, in all and by reason. */
export interface Withheld {
  readonly messages: number;
  readonly reasons: readonly { readonly reason: string; readonly messages: number }[];
}

/** People who are no party and stand under their names, and their messages. */
export interface Disclosed {
  readonly people: number;
  readonly messages: number;
}

/** What the certificate counts over the whole pack. */
export interface Tally {
  readonly withheld: Withheld;
  readonly disclosed: Disclosed;
}

export function completenessDocument(input: PackInput, { withheld, disclosed }: Tally, time: Time): string {
  return document(
    '完整性证明：每个会话的已导入总数、期间内数量、作为证物、作为上下文与未收录的数量。完整性仅相对于所导入的文件；导出之前的删除无法显示。',
    'Completeness certificate: per conversation the messages imported, in the period, shown as subjects, shown as context, left out. Complete relative to the imported files; deletions before the export cannot be shown.',
    {
      pack: input.id,
      selective: input.completeness.some(isSelective),
      statement: statementOf(input.completeness),
      conversations: input.completeness.map(({ conversationId, from, to, first, last, ...counts }) => ({
        conversationId,
        ...counts,
        first: when(time, first),
        last: when(time, last),
        from: when(time, from),
        to: when(time, to),
        selective: isSelective({ total: counts.total, inPeriod: counts.inPeriod, leftOut: counts.leftOut }),
      })),
      withheld,
      disclosed,
      attachments: attachmentCounts(input.attachments),
    },
  );
}

/** What was done towards the parties; empty lists where the profile has none of it. */
export function proceedingsDocument({ profile, proceedings }: PackInput, time: Time): string {
  return document(
    '规则及签收、陈述申辩、文书与送达、申诉。included 表示该用途是否包含这些内容。',
    'Rules and their receipt, answers, letters and their service, appeals. `included` says whether packs of this profile hold them.',
    {
      included: PROFILES[profile].proceedings,
      rules: proceedings.rules,
      hearings: proceedings.hearings.map((one) => ({
        ...one,
        invitedAt: when(time, one.invitedAt),
        answerDue: when(time, one.answerDue),
        answeredAt: when(time, one.answeredAt),
      })),
      letters: proceedings.letters.map((one) => ({
        ...one,
        at: time(one.at),
        servedAt: when(time, one.servedAt),
      })),
      appeals: proceedings.appeals.map((one) => ({
        ...one,
        lodgedAt: time(one.lodgedAt),
        decidedAt: when(time, one.decidedAt),
      })),
    },
  );
}

/** The lines around the entries of audit.json, which is written and read one entry to a line. */
export const AUDIT_HEAD = `{"description":${JSON.stringify({
  zh: '审计日志摘录：每行一条，hash 逐条相连；本案事件连同 salt 公开，其余只列摘要。at 为 1970 年以来的 UTC 毫秒。',
  en: 'Extract of the audit log: one entry to a line, each hash continuing the one before; events of this case are opened with their salt, others are digests only. `at` is UTC milliseconds since 1970.',
})},"format":"${PACK_FORMAT}","entries":[\n`;
export const AUDIT_END = ']}\n';

/** One entry, without comma and line feed. Absent values of an event stand as null, as its digest covers them. */
export function auditLine(entry: ChainEntry): string {
  const { sequence, previous, at, payloadDigest, hash, salt, event } = entry;
  const opened = event && { ...event, before: event.before ?? null, after: event.after ?? null };
  return JSON.stringify({ sequence, previous, at, payloadDigest, hash, salt, event: opened });
}
