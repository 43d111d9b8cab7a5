import { Checkbox, Group, Select, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PackFormat } from '../../../core/domain/case.ts';
import { PackMedia, type PackPlan } from '../../../core/domain/pack.ts';
import { useFormat } from '../../components/format.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';

/** Media and forms; NDJSON and the viewer are in every pack. */
export function PackForms({ pack: { draft, change }, plan }: { pack: Pack; plan: PackPlan | undefined }) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const chosen = draft.formats ?? plan?.formats ?? [];
  const media = plan?.attachments;
  return (
    <section className={classes.box}>
      <Title order={2}>{t('forms.title')}</Title>
      <Select
        label={t('media.title')}
        allowDeselect={false}
        value={draft.attachments}
        data={PackMedia.options.map((value) => ({ value, label: t(`media.${value}`) }))}
        onChange={(value) => value && change({ attachments: value as PackMedia })}
      />
      {media && media.named > 0 ? (
        <Text size="xs" c="dimmed">
          {(['included', 'missing', 'withheld', 'quarantined', 'notChosen'] as const)
            .filter((state) => media[state] > 0)
            .map((state) => t(`media.state.${state}`, { count: media[state] }))
            .join(' · ')}
          {media.bytes > 0 ? ` · ${format.bytes(media.bytes)}` : ''}
        </Text>
      ) : null}
      <Text size="sm" fw={500}>
        {t('forms.forms')}
      </Text>
      <Group gap="md">
        {PackFormat.options.map((form) => (
          <Checkbox
            key={form}
            label={t(`forms.${form}`)}
            checked={chosen.includes(form)}
            onChange={(event) =>
              change({
                formats: event.currentTarget.checked
                  ? [...chosen, form]
                  : chosen.filter((one) => one !== form),
              })
            }
          />
        ))}
      </Group>
      <Text size="xs" c="dimmed">
        {t('forms.always')}
      </Text>
      <Checkbox
        label={t('forms.watermark')}
        description={t('forms.watermarkHelp')}
        checked={draft.watermark}
        onChange={(event) => change({ watermark: event.currentTarget.checked })}
      />
    </section>
  );
}
