import { Badge, Group, Text } from '@mantine/core';
import { IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { ScreenLink } from '../../components/link.tsx';
import { useWords } from '../../components/words.ts';
import { Due } from '../duties/due.tsx';
import classes from './cases.module.css';
import { type Owed, SETTLED_ON } from './owed.ts';

/** One owed thing in words. */
export function useOwedWords(): (owed: Owed) => string {
  const { t } = useTranslation('cases');
  const words = useWords();
  return (owed) => {
    switch (owed.kind) {
      case 'undecided':
        return t('owed.undecided', { party: owed.party.name });
      case 'approval':
        return t('owed.approval', {
          party: owed.decision.party,
          measure: words.text(owed.decision.measureTitle),
        });
      case 'duty':
        if (owed.duty.kind === 'disposal' || owed.duty.kind === 'records') return t(`owed.${owed.duty.kind}`);
        return t(owed.duty.kind === 'report' ? 'owed.report' : 'owed.assessment', {
          receiver: words.text(owed.duty.receiver),
        });
      case 'measures':
      case 'appeals':
        return t(`owed.${owed.kind}`, { count: owed.count });
      case 'unheard':
        return t('owed.unheard', { party: owed.party.name });
      default:
        return t(`owed.${owed.kind}`);
    }
  };
}

interface OwedListProps {
  caseId: string;
  owed: readonly Owed[];
  /** Called when a line was followed; a dialog around the list closes. */
  onFollow?: () => void;
}

const keyOf = (owed: Owed): string =>
  owed.kind === 'undecided'
    ? owed.party.id
    : owed.kind === 'approval'
      ? owed.decision.id
      : owed.kind === 'duty'
        ? owed.duty.id
        : owed.kind === 'unheard'
          ? `unheard ${owed.party.id}`
          : owed.kind;

/** What is still owed; each line leads to where it is settled. */
export function OwedList({ caseId, owed, onFollow }: OwedListProps) {
  const { t } = useTranslation('cases');
  const say = useOwedWords();
  if (owed.length === 0)
    return (
      <Group gap={6}>
        <IconCircleCheck size={16} color="var(--mantine-color-teal-6)" aria-hidden />
        <Text>{t('owed.nothing')}</Text>
      </Group>
    );
  return (
    <ul className={classes.owed}>
      {owed.map((item) => (
        <li key={keyOf(item)}>
          <IconCircleDashed size={15} aria-hidden />
          <ScreenLink
            to="/cases/$caseId"
            params={{ caseId }}
            search={{ tab: SETTLED_ON[item.kind] }}
            {...(onFollow ? { onClick: onFollow } : {})}
          >
            {say(item)}
          </ScreenLink>
          {item.kind === 'duty' && item.duty.state === 'filed' ? (
            <Badge color="ink">{t('owed.awaitingReceipt')}</Badge>
          ) : null}
          {item.kind === 'duty' && item.duty.state === 'open' && item.duty.dueAt !== null ? (
            <Due duty={item.duty} />
          ) : null}
        </li>
      ))}
    </ul>
  );
}
