import { ActionIcon, Badge, Button, Group, Menu, SegmentedControl, Select, Text } from '@mantine/core';
import { IconEyeOff, IconFolderOff, IconPaperclip, IconRestore } from '@tabler/icons-react';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CaseDetail } from '../../../core/domain/case.ts';
import type { PackPreviewRow } from '../../../core/domain/pack.ts';
import { useCall } from '../../api/hooks.ts';
import { Empty } from '../../components/empty.tsx';
import { FailureView } from '../../components/failure-view.tsx';
import { useFormat } from '../../components/format.ts';
import { Loading } from '../../components/loading.tsx';
import { Time } from '../../components/time.tsx';
import { useWords } from '../../components/words.ts';
import classes from './packs.module.css';
import type { Pack } from './use-pack.ts';
import { useWithhold } from './use-withhold.ts';

const route = getRouteApi('/cases/$caseId/pack');
const PAGE = 50;
type View = 'originals' | 'pack';

/** The messages of an exhibit, as they are or as the pack would show them; here parts are withheld. */
export function PackPreview({ detail, pack }: { detail: CaseDetail; pack: Pack }) {
  const { t } = useTranslation('packs');
  const format = useFormat();
  const navigate = route.useNavigate();
  const { exhibit: wanted } = route.useSearch();
  const [view, setView] = useState<View>('originals');
  const [offset, setOffset] = useState(0);
  const { exhibitIds, choice } = pack;
  const exhibitId = wanted && exhibitIds.includes(wanted) ? wanted : exhibitIds[0];
  const query = useCall(
    'evidence.preview',
    { ...choice, exhibitId: exhibitId ?? '', offset, limit: PAGE },
    { enabled: exhibitId !== undefined, keep: true },
  );
  // The answer before is kept while another is on its way; of no exhibit there is none.
  const total = exhibitId === undefined ? 0 : (query.data?.total ?? 0);
  const chosen = detail.exhibits.filter(({ id }) => exhibitIds.includes(id));
  return (
    <section className={classes.preview} aria-label={t('preview.title')}>
      <Group gap="sm">
        <Select
          aria-label={t('preview.exhibit')}
          allowDeselect={false}
          value={exhibitId ?? null}
          data={chosen.map(({ id, number, description }) => ({
            value: id,
            label: `${number} · ${description}`,
          }))}
          onChange={(value) => {
            setOffset(0);
            void navigate({ search: { exhibit: value ?? undefined }, replace: true });
          }}
          style={{ flex: 1, minWidth: 200 }}
        />
        <SegmentedControl
          aria-label={t('preview.title')}
          value={view}
          data={[
            { value: 'originals', label: t('preview.originals') },
            { value: 'pack', label: t('preview.pack') },
          ]}
          onChange={(value) => setView(value as View)}
        />
      </Group>
      <div className={classes.messages}>
        {query.error ? <FailureView error={query.error} onRetry={() => void query.refetch()} /> : null}
        {query.isPending && exhibitId ? <Loading lines={8} /> : null}
        {exhibitId === undefined ? (
          <Empty icon={IconFolderOff} title={t('preview.none')} description={t('preview.noneHelp')} />
        ) : (
          query.data?.rows.map((row) => (
            <PreviewMessage key={row.messageId} caseId={detail.summary.id} row={row} view={view} />
          ))
        )}
      </div>
      <Group justify="space-between">
        <Text size="xs" c="dimmed">
          {total > 0
            ? t('preview.place', {
                from: format.number(offset + 1),
                to: format.number(Math.min(total, offset + PAGE)),
                total: format.number(total),
              })
            : null}
        </Text>
        {total > PAGE ? (
          <Group gap="xs">
            <Button
              variant="default"
              size="compact-sm"
              disabled={offset === 0}
              onClick={() => setOffset(Math.max(0, offset - PAGE))}
            >
              {t('preview.earlier')}
            </Button>
            <Button
              variant="default"
              size="compact-sm"
              disabled={offset + PAGE >= total}
              onClick={() => setOffset(offset + PAGE)}
            >
              {t('preview.later')}
            </Button>
          </Group>
        ) : null}
      </Group>
    </section>
  );
}

function PreviewMessage({ caseId, row, view }: { caseId: string; row: PackPreviewRow; view: View }) {
  const { t } = useTranslation('packs');
  const words = useWords();
  const withhold = useWithhold(caseId, row);
  return (
    <article className={classes.message} data-subject={row.isSubject || undefined}>
      <div className={classes.head}>
        <Text span fw={600} size="sm">
          {row.sender ?? '—'}
        </Text>
        <Text span size="xs" c="dimmed">
          {row.sentAt === null ? row.sentAtText : <Time at={row.sentAt} precision="second" />}
        </Text>
        {row.isSubject ? (
          <Badge size="xs" color="red" variant="light">
            {t('preview.subject')}
          </Badge>
        ) : null}
        <Group gap={2} className={classes.tools}>
          {row.redactions.length > 0 ? (
            <Menu>
              <Menu.Target>
                <ActionIcon size="sm" aria-label={t('withhold.undo')} title={t('withhold.undo')}>
                  <IconRestore size={15} />
                </ActionIcon>
              </Menu.Target>
              <Menu.Dropdown>
                {row.redactions.map((one) => (
                  <Menu.Item key={one.id} onClick={() => void withhold.undo(one.id)}>
                    {t(`withhold.part.${one.spans ? 'words' : one.part}`)} · {one.reason}
                  </Menu.Item>
                ))}
              </Menu.Dropdown>
            </Menu>
          ) : null}
          <ActionIcon
            size="sm"
            aria-label={t('withhold.action')}
            title={t('withhold.action')}
            // The selection would be gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => withhold.ask(window.getSelection()?.toString() ?? '')}
          >
            <IconEyeOff size={15} />
          </ActionIcon>
        </Group>
      </div>
      <div className={classes.text}>{view === 'pack' ? row.shown : <Marked row={row} />}</div>
      {row.attachments.map(({ kind, name, state }, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: media of a message have no other name than their place
        <Group key={i} gap={4}>
          <IconPaperclip size={13} />
          <Text size="xs" c="dimmed">
            {[name ?? words.of('messageKind', kind), t(`media.one.${state}` as never)].join(' · ')}
          </Text>
        </Group>
      ))}
      {row.withheld.length > 0 ? (
        <Text size="xs" c="dimmed">
          {t('preview.withheld', {
            parts: row.withheld.map((part) => t(`withhold.part.${part}` as never)).join(' · '),
          })}
        </Text>
      ) : null}
    </article>
  );
}

/** The original text with what the pack does not show struck through. */
function Marked({ row: { text, shown } }: { row: PackPreviewRow }) {
  if (shown === text) return text;
  if (shown.length !== text.length) return <span className={classes.withheld}>{text}</span>;
  const pieces: { text: string; hidden: boolean; at: number }[] = [];
  for (let at = 0; at < text.length; at++) {
    const hidden = text[at] !== shown[at];
    const last = pieces.at(-1);
    if (last?.hidden === hidden) last.text += text[at];
    else pieces.push({ text: text[at] ?? '', hidden, at });
  }
  return pieces.map((piece) =>
    piece.hidden ? (
      <span key={piece.at} className={classes.withheld}>
        {piece.text}
      </span>
    ) : (
      piece.text
    ),
  );
}
