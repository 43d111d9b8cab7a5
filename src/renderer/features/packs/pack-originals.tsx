import { Alert, List, Select, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PackOriginals, type PackPlan } from '../../../core/domain/pack.ts';
import { useFormat } from '../../components/format.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';

/** Source files in the pack: none, the bytes that messages came from, the sealed files; what speaks against it. */
export function PackOriginalsChoice({
  pack: { draft, change },
  plan,
}: {
  pack: Pack;
  plan: PackPlan | undefined;
}) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const { originals } = draft;
  const found = originals === 'none' ? undefined : plan?.originals;
  return (
    <section className={classes.box}>
      <Title order={2}>{t('sources.title')}</Title>
      <Select
        label={t('sources.choice')}
        description={t(`sources.help.${originals}`)}
        allowDeselect={false}
        value={originals}
        data={PackOriginals.options.map((value) => ({ value, label: t(`sources.${value}`) }))}
        onChange={(value) => value && change({ originals: value as PackOriginals })}
      />
      {found && found.files === 0 && found.closed > 0 ? (
        <Alert color="gray" variant="light">
          <Text size="sm">{t('sources.nothing')}</Text>
        </Alert>
      ) : null}
      {found && found.files > 0 ? (
        <Text size="xs" c="dimmed">
          {[
            t('sources.files', { count: found.files }),
            format.bytes(found.bytes),
            ...(found.closed > 0 ? [t('sources.closed', { count: found.closed })] : []),
          ].join(' · ')}
        </Text>
      ) : null}
      {found && found.refused.length > 0 ? (
        <Alert color="red" variant="light" title={t('sources.refused')}>
          <List size="sm" spacing={2}>
            {found.refused.map(({ reason, file }) => (
              <List.Item key={`${reason} ${file}`}>{t(`sources.because.${reason}`, { file })}</List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
      {found && found.refused.length === 0 && found.reasons.length > 0 ? (
        <Alert color="yellow" variant="light" title={t('sources.asks')}>
          <List size="sm" spacing={2}>
            {found.reasons.map(({ reason, count }) => (
              <List.Item key={reason}>
                {reason === 'skipped'
                  ? t('sources.reason.skipped', { size: format.bytes(count) })
                  : t(`sources.reason.${originals}.${reason}` as never, { count })}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
    </section>
  );
}
