/** How many turns the entry's conversation has, and the way to them. */
import { Button } from '@mantine/core';
import { IconMessages } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { EntryRow } from '../../../shared/contract.ts';
import { useDesk } from '../../state/desk-context.ts';
import { useOpenSource } from '../../state/source.ts';
import { formatCountOf } from '../../ui/number-text.ts';
import styles from './detail.module.css';
import { conversationQuery } from './use-conversation.ts';

interface ConversationSectionProps {
  readonly row: EntryRow;
  readonly onOpen: () => void;
}

/** Nothing where the entry belongs to no conversation. */
export function ConversationSection({ row, onOpen }: ConversationSectionProps) {
  const desk = useDesk();
  const { sourceId } = useOpenSource();
  const id = row.conversation_id;
  const turns = useQuery({
    queryKey: ['entries', 'turns', sourceId, id],
    queryFn: async () => {
      const [count] = await desk.call('entries.counts', { sourceId, filters: [conversationQuery(id ?? '').filter] });
      return count ?? null;
    },
    enabled: id !== null,
    staleTime: 10_000,
    gcTime: 10_000,
  });
  if (id === null) return null;
  const count = turns.data ?? null;
  return (
    <section className={styles.section} aria-labelledby="detail-conversation">
      <div className={styles.sectionHead}>
        <h3 id="detail-conversation">Conversation</h3>
        <Button size="compact-xs" leftSection={<IconMessages size={14} aria-hidden />} onClick={onOpen}>
          {count === null ? 'Open conversation' : `Open, ${formatCountOf(count, 'turn', 'turns')}`}
        </Button>
      </div>
    </section>
  );
}
