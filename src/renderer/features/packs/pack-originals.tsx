import { Alert, List, Select, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PackOriginals, type PackPlan } from '../../../core/domain/pack.ts';
import { useFormat } from '../../components/format.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';

/** Source files in the pack: none, the bytes that messages came from, the sealed files; what speaks against it. */
export function PackOriginalsChoice({ pack, plan }: { pack: Pack; plan: PackPlan | undefined }) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const { draft, change } = pack;
  const { originals } = draft;
  const found = plan?.originals.sources.some((one) => one.originals !== 'none') ? plan.originals : undefined;
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
      <SingleSources pack={pack} sources={plan?.originals.sources ?? []} />
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
                  : t(`sources.reason.${reason === 'withheld' ? 'excerpts' : 'whole'}.${reason}` as never, {
                      count,
                    })}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : null}
    </section>
  );
}

/** A choice for each source, where a pack rests on several. */
function SingleSources({
  pack: { draft, change },
  sources,
}: {
  pack: Pack;
  sources: PackPlan['originals']['sources'];
}) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  if (sources.length < 2) return null;
  return (
    <Stack gap="xs">
      <Text size="sm">{t('sources.single')}</Text>
      {sources.map(({ id, file, bytes }) => (
        <Select
          key={id}
          size="xs"
          label={`${file} · ${format.bytes(bytes)}`}
          placeholder={t('sources.likeAbove')}
          clearable
          value={draft.originalsOf[id] ?? null}
          data={PackOriginals.options.map((value) => ({ value, label: t(`sources.${value}`) }))}
          onChange={(value) => {
            const { [id]: _, ...others } = draft.originalsOf;
            change({ originalsOf: value === null ? others : { ...others, [id]: value as PackOriginals } });
          }}
        />
      ))}
    </Stack>
  );
}
