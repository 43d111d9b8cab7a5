import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Dashboard } from '../../../core/domain/statistics.ts';
import { CountLink } from '../../components/count-link.tsx';
import { useFormat } from '../../components/format.ts';
import { ScreenLink } from '../../components/link.tsx';
import classes from './dashboard.module.css';

type Totals = Dashboard['totals'];

interface TileProps {
  label: string;
  children: ReactNode;
  note?: ReactNode;
  alarm?: boolean;
}

function Tile({ label, children, note, alarm = false }: TileProps) {
  return (
    <div className={classes.tile} data-alarm={alarm || undefined}>
      <Text size="xs" c="dimmed">
        {label}
      </Text>
      <div className={classes.figure}>{children}</div>
      {note ? (
        <Text size="xs" c="dimmed">
          {note}
        </Text>
      ) : null}
    </div>
  );
}

/** What is kept and what is open; beside each total what was left out of it. */
export function Tiles({ totals }: { totals: Totals }) {
  const { t } = useTranslation('dashboard');
  const format = useFormat();
  return (
    <div className={classes.tiles}>
      <Tile label={t('tile.openHits')} note={<ProposalsNote count={totals.openProposals} />}>
        <CountLink value={totals.openHits} to="/review" search={{ status: 'hit', disposition: 'open' }} />
      </Tile>
      <Tile label={t('tile.openCases')}>
        <CountLink value={totals.openCases} to="/cases" search={{ state: 'unclosed' }} />
      </Tile>
      <Tile
        label={t('tile.openDuties')}
        alarm={totals.overdueDuties > 0}
        note={
          totals.overdueDuties > 0 ? (
            <ScreenLink to="/duties" search={{ state: 'unclosed' }}>
              {t('tile.overdue', { count: totals.overdueDuties })}
            </ScreenLink>
          ) : null
        }
      >
        <CountLink value={totals.openDuties} to="/duties" search={{ state: 'unclosed' }} />
      </Tile>
      <Tile
        label={t('tile.messages')}
        note={
          <>
            <Note count={totals.skippedRecords} to="/imports">
              {t('tile.skipped', { count: totals.skippedRecords })}
            </Note>
            {' · '}
            <Note count={totals.missingMedia} to="/messages/media" search={{ state: 'missing' }}>
              {t('tile.missingMedia', { count: totals.missingMedia })}
            </Note>
            {' · '}
            <Note count={totals.unexaminedMedia} to="/messages/media" search={{ state: 'unexamined' }}>
              {t('tile.unexamined', { count: totals.unexaminedMedia })}
            </Note>
          </>
        }
      >
        <CountLink value={totals.messages} to="/messages" search={{}} />
      </Tile>
      <Tile
        label={t('tile.accounts')}
        note={
          <Note count={totals.unnamedAccounts} to="/accounts" search={{ unnamed: true }}>
            {t('tile.unnamed', { count: totals.unnamedAccounts })}
          </Note>
        }
      >
        <CountLink value={totals.accounts} to="/accounts" search={{}} />
      </Tile>
      <Tile
        label={t('tile.sources')}
        note={
          <>
            <Note count={totals.conversations} to="/messages/conversations">
              {t('tile.conversations', { number: format.number(totals.conversations) })}
            </Note>
            {' · '}
            <Note count={totals.partialSources} to="/imports" search={{ state: 'partial' }}>
              {t('tile.partial', { count: totals.partialSources })}
            </Note>
          </>
        }
      >
        <CountLink value={totals.sources} to="/imports" search={{}} />
      </Tile>
    </div>
  );
}

type NoteProps = { count: number; children: ReactNode } & (
  | { to: '/imports'; search?: { state: 'partial' } }
  | { to: '/accounts'; search: { unnamed: true } }
  | { to: '/messages/conversations' }
  | { to: '/messages/media'; search: { state: 'missing' | 'unexamined' } }
);

/** A figure in words that opens its rows; of none there is nothing to open. */
function Note({ count, children, ...place }: NoteProps) {
  return count === 0 ? children : <ScreenLink {...place}>{children}</ScreenLink>;
}

function ProposalsNote({ count }: { count: number }) {
  const { t } = useTranslation('dashboard');
  return (
    <>
      {t('tile.proposals')}{' '}
      <CountLink value={count} to="/review" search={{ status: 'proposal', disposition: 'open' }} />
    </>
  );
}
