import { useFormat } from '../../components/format.ts';

/** Seconds or milliseconds since 1970, as some exports write a time. */
const EPOCH = /^(\d{10})(\d{3})?$/;

/** A time of the export; where it is a bare number, what it means stands in its place. */
export function WrittenTime({ text }: { text: string }) {
  const format = useFormat();
  const parts = EPOCH.exec(text);
  if (!parts) return text;
  const instant = Number(parts[1]) * 1000 + Number(parts[2] ?? 0);
  return <span title={text}>{format.dateTime(instant)}</span>;
}
