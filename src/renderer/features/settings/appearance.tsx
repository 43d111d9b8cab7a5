import { Group, type MantineColorScheme, SegmentedControl, Text, useMantineColorScheme } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Language } from '../../../core/domain/bilingual.ts';
import { setLanguage } from '../../app/i18n.ts';
import { Section } from './section.tsx';

const SCHEMES = ['auto', 'light', 'dark'] as const;

/** Language and colours of this workstation. */
export function Appearance() {
  const { t, i18n } = useTranslation(['settings', 'common']);
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <Section title={t('appearance.title')}>
      <Group gap="xl">
        <Group gap="sm">
          <Text>{t('appearance.language')}</Text>
          <SegmentedControl
            aria-label={t('appearance.language')}
            value={i18n.language}
            onChange={(language) => void setLanguage(language as Language)}
            data={[
              { value: 'zh-CN', label: t('common:language.zh-CN') },
              { value: 'en', label: t('common:language.en') },
            ]}
          />
        </Group>
        <Group gap="sm">
          <Text>{t('appearance.theme')}</Text>
          <SegmentedControl
            aria-label={t('appearance.theme')}
            value={colorScheme}
            onChange={(scheme) => setColorScheme(scheme as MantineColorScheme)}
            data={SCHEMES.map((scheme) => ({ value: scheme, label: t(`common:theme.${scheme}`) }))}
          />
        </Group>
      </Group>
    </Section>
  );
}
