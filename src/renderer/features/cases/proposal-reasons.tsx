import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { MeasureOption, MeasureProposal, Reason } from '../../../core/domain/case.ts';
import { useFormat } from '../../components/format.ts';
import { useWords, type Words } from '../../components/words.ts';
import classes from './cases.module.css';

type Translate = TFunction<'cases'>;

/** `raise` and `widen` of an adjustment in words; `top` is the end of the ladder. */
function shift(t: Translate, { raise, widen }: Reason['params']): string {
  const parts = [
    raise === 'top'
      ? t('why.toTop')
      : Number(raise) > 0
        ? t('why.up', { count: Number(raise) })
        : Number(raise) < 0
          ? t('why.down', { count: -Number(raise) })
          : null,
    widen === 'top' ? t('why.widenTop') : Number(widen) > 0 ? t('why.widen', { count: Number(widen) }) : null,
  ];
  return parts.filter(Boolean).join(t('why.and'));
}

/** Earlier decisions that do not count, by why. */
function leftOut(t: Translate, params: Reason['params'], list: (items: string[]) => string): string {
  const causes = ['notFinal', 'overturned', 'unproved', 'noMeasure', 'afterAct', 'outsideWindow'] as const;
  return list(
    causes
      .filter((cause) => Number(params[cause]) > 0)
      .map((cause) => t(`why.leftOut.${cause}`, { count: Number(params[cause]), years: params.years })),
  );
}

/** One reason of a proposal in words. A code without words is shown as it is, with its facts. */
function sayReason(
  t: Translate,
  words: Words,
  list: (items: string[]) => string,
  options: readonly MeasureOption[],
  { code, params }: Reason,
): string {
  const level = (at: unknown) => {
    const option = options.find((candidate) => candidate.level === Number(at));
    return option ? words.text(option.title) : String(at);
  };
  const measure = options.find((option) => option.id === params.measure);
  switch (code) {
    case 'base':
      return t('why.base', {
        tier: words.of('tier', String(params.tier)),
        severity: params.severity,
        measure: level(params.level),
      });
    case 'act':
      return t('why.act', { act: words.of('act', String(params.act)), shift: shift(t, params) });
    case 'role':
      return t('why.role', { role: words.of('partyRole', String(params.role)), shift: shift(t, params) });
    case 'role-without-measure':
      return t('why.role-without-measure', { role: words.of('partyRole', String(params.role)) });
    case 'evasion':
      return t('why.evasion', { shift: shift(t, params) });
    case 'reach':
      return t('why.reach', { reach: params.reach, atLeast: params.atLeast, shift: shift(t, params) });
    case 'minors':
      return t('why.minors', { shift: shift(t, params) });
    case 'priors-counted':
      return t('why.priors-counted', {
        count: Number(params.counted),
        same: params.sameCategory,
        highest: level(params.highestLevel),
        years: params.years,
      });
    case 'priors-none':
      return t('why.priors-none', { years: params.years });
    case 'priors-raise':
      return t('why.priors-raise', {
        rule: t(`why.rule.${String(params.rule)}` as never, { defaultValue: String(params.rule) }),
        shift: shift(t, { raise: params.raise ?? 0 }),
      });
    case 'priors-left-out':
      return t('why.priors-left-out', { list: leftOut(t, params, list) });
    case 'act-time-unknown':
      return t('why.act-time-unknown', { count: Number(params.priors) });
    case 'capped-at-top':
      return t('why.capped-at-top', { measure: level(params.level) });
    case 'human-decision-only':
      return t('why.human-decision-only', { category: words.category(String(params.category)) });
    case 'second-approval':
      return t('why.second-approval', {
        measure: measure ? words.text(measure.title) : String(params.measure),
      });
    default:
      return [code, ...Object.entries(params).map(([name, value]) => `${name} ${value}`)].join(' ');
  }
}

/** Why this measure is proposed, in the order in which the schedule was applied. */
export function ProposalReasons({ proposal }: { proposal: MeasureProposal }) {
  const { t } = useTranslation('cases');
  const words = useWords();
  const format = useFormat();
  return (
    <ol className={classes.reasons}>
      {proposal.reasons.map((reason, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: reasons have no identity and never move
        <li key={index}>{sayReason(t, words, format.list, proposal.options, reason)}</li>
      ))}
    </ol>
  );
}
