import { Tooltip } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { useShortcuts } from '../components/shortcuts.tsx';
import { NAVIGATION } from './navigation.ts';
import classes from './shell.module.css';

const GROUPS = ['work', 'material', 'control'] as const;

/** The screens, grouped; `mod+1` … `mod+9` jump to the first nine in the order shown. */
export function NavList({ narrow }: { narrow: boolean }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const ordered = GROUPS.flatMap((group) => NAVIGATION.filter((entry) => entry.group === group));
  useShortcuts(
    ordered.slice(0, 9).map((entry, index) => ({
      keys: `mod+${index + 1}`,
      label: t(`nav.${entry.label}`),
      run: () => void navigate({ to: entry.to }),
    })),
  );
  return (
    <nav aria-label={t('nav.label')}>
      {GROUPS.map((group) => (
        <Fragment key={group}>
          {narrow ? (
            group === 'work' ? null : (
              <div className={classes.divider} />
            )
          ) : (
            <div className={classes.group}>{t(`nav.${group}`)}</div>
          )}
          {ordered
            .filter((entry) => entry.group === group)
            .map(({ to, label, icon: IconOf }) => (
              <Tooltip key={label} label={t(`nav.${label}`)} position="right" disabled={!narrow}>
                <Link
                  to={to}
                  className={classes.item}
                  activeOptions={{ exact: to === '/', includeSearch: false }}
                  aria-label={t(`nav.${label}`)}
                >
                  <IconOf size={17} stroke={1.6} />
                  {narrow ? null : t(`nav.${label}`)}
                </Link>
              </Tooltip>
            ))}
        </Fragment>
      ))}
    </nav>
  );
}
