import { resolve } from 'node:path';
import type { Output } from '../../contract/api.ts';
import { RetentionKind } from '../../core/domain/retention.ts';
import { type Action, actingCommand, approverPassphrase, needed } from '../acting-command.ts';
import { type Context, UsageError } from '../command.ts';

function kindOf(context: Context) {
  const kind = RetentionKind.safeParse(needed(context, 'kind'));
  if (!kind.success) throw new UsageError(`--kind is one of ${RetentionKind.options.join(', ')}`);
  return kind.data;
}

const day = (at: number | null) => (at === null ? 'no period' : new Date(at).toISOString().slice(0, 10));

const ACTIONS: Readonly<Record<string, Action>> = {
  list: (context, opened) => opened.call('retention.list', { dueOnly: context.arguments.flag('due') }),
  rules: (_, opened) => opened.call('retention.rules', {}),
  rule: (context, opened) =>
    opened.call('retention.setRule', {
      kind: kindOf(context),
      days: context.arguments.count('days') ?? null,
      basis: needed(context, 'basis'),
    }),
  preview: (context, opened) =>
    opened.call('retention.preview', { kind: kindOf(context), id: needed(context, 'id') }),
  destroy: (context, opened) =>
    opened.job('retention.destroy', {
      kind: kindOf(context),
      id: needed(context, 'id'),
      reason: needed(context, 'reason'),
      early: context.arguments.flag('early'),
      approverId: needed(context, 'approver'),
      approverPassphrase: approverPassphrase(),
    }),
  certificates: (context, opened) =>
    opened.call('retention.certificates', { caseId: context.arguments.text('case') ?? null }),
  certificate: (context, opened) => {
    const file = needed(context, 'out');
    const format = file.endsWith('.json') ? 'json' : file.endsWith('.pdf') ? 'pdf' : 'docx';
    const language = context.arguments.text('language') === 'en' ? 'en' : 'zh-CN';
    return opened.call('retention.writeCertificate', {
      destructionId: needed(context, 'id'),
      file: resolve(file),
      format,
      language,
    });
  },
};

function words(value: unknown, action: string): string {
  if (action === 'list') {
    return (value as Output<'retention.list'>)
      .map(({ kind, id, name, dueAt, due, holds, begun }) =>
        [
          `${due ? 'DUE ' : '    '}${day(dueAt)}`,
          kind,
          id,
          name,
          ...(begun ? ['destruction begun, not ended: destroy it again to go on'] : []),
          ...holds.map((hold) => `held: ${hold.on} ${hold.name}: ${hold.reason}`),
        ].join('  '),
      )
      .join('\n');
  }
  if (action === 'rules' || action === 'rule') {
    return (value as Output<'retention.rules'>)
      .map(({ kind, days, basis }) => `${kind}: ${days === null ? 'no period' : `${days} days`} ${basis}`)
      .join('\n');
  }
  if (action === 'destroy') {
    const { id, certificate } = value as Output<'retention.destroy'>;
    return `${certificate.name}: content of ${certificate.counts.messages} messages destroyed; certificate ${id}`;
  }
  return JSON.stringify(value, null, 2);
}

export const retentionCommand = actingCommand({
  name: 'retention',
  usage:
    'retention list [--due] | rules | rule --kind source|case|export --basis TEXT [--days N] | preview --kind K --id ID | destroy --kind K --id ID --reason TEXT --approver OFFICER [--early] | certificates [--case ID] | certificate --id ID --out FILE.json|docx|pdf [--language en]',
  summary: 'periods of retention, what is due, destruction with a certificate',
  options: {
    due: { type: 'boolean' },
    kind: { type: 'string' },
    days: { type: 'string' },
    basis: { type: 'string' },
    id: { type: 'string' },
    reason: { type: 'string' },
    approver: { type: 'string' },
    early: { type: 'boolean' },
    case: { type: 'string' },
    out: { type: 'string' },
    language: { type: 'string' },
  },
  actions: ACTIONS,
  words,
});
