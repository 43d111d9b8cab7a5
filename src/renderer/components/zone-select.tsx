import { Select } from '@mantine/core';
import { useMemo } from 'react';
import { localZone } from './format.ts';

interface ZoneSelectProps {
  label: string;
  description?: string;
  value: string;
  onChange: (zone: string) => void;
}

/** `UTC+8` of a zone now, in the form Intl gives. */
function offsetName(zone: string): string {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone: zone,
    timeZoneName: 'shortOffset',
  }).formatToParts();
  return parts.find((part) => part.type === 'timeZoneName')?.value.replace('GMT', 'UTC') ?? '';
}

/** Every time zone by its IANA name; the workstation's own first. */
export function ZoneSelect({ label, description, value, onChange }: ZoneSelectProps) {
  const zones = useMemo(() => {
    const own = localZone();
    const names = [own, 'Asia/Shanghai', 'UTC', ...Intl.supportedValuesOf('timeZone')];
    return [...new Set(names)].map((zone) => ({ value: zone, label: `${zone} (${offsetName(zone)})` }));
  }, []);
  return (
    <Select
      label={label}
      description={description}
      searchable
      allowDeselect={false}
      limit={60}
      data={zones}
      value={value}
      onChange={(zone) => zone && onChange(zone)}
    />
  );
}
