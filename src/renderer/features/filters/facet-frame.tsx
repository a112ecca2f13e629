/** One group of the sidebar: its name folds it up; what the filter says of it is cleared by one button. */
import { ActionIcon, Tooltip } from '@mantine/core';
import { IconChevronDown, IconChevronRight, IconX } from '@tabler/icons-react';
import { type ReactNode, useId } from 'react';
import { fieldLabel } from '../../state/filter-edits.ts';
import { CutText } from '../../ui/cut-text.tsx';
import type { FacetGroup } from './facet-groups.ts';
import styles from './filters.module.css';

interface FacetFrameProps {
  readonly group: FacetGroup;
  readonly folded: boolean;
  /** Whether the filter says something of the field: seen also while the group is folded up. */
  readonly active: boolean;
  readonly onFold: (folded: boolean) => void;
  readonly onClear: () => void;
  /** Takes the group of a metadata key away. */
  readonly onRemove: () => void;
  readonly children: ReactNode;
}

/** The frame with its heading. */
export function FacetFrame({ group, folded, active, onFold, onClear, onRemove, children }: FacetFrameProps) {
  const id = useId();
  const label = fieldLabel(group.field);
  const Chevron = folded ? IconChevronRight : IconChevronDown;
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend cannot hold the button that folds its fieldset
    <div role="group" className={styles.group} aria-labelledby={id}>
      <div className={styles.legend}>
        <button type="button" className={styles.fold} aria-expanded={!folded} onClick={() => onFold(!folded)}>
          <Chevron size={12} aria-hidden />
          <span id={id} className={styles.foldText}>
            <CutText text={label} />
          </span>
          {active && folded && <span className={styles.activeMark}>filtered</span>}
        </button>
        {active && (
          <button type="button" className={styles.clear} aria-label={`Clear ${label}`} onClick={onClear}>
            clear
          </button>
        )}
        {group.kind === 'metadata' && !active && (
          <Tooltip label="Take this facet away">
            <ActionIcon
              size="xs"
              className={styles.removeFacet ?? ''}
              aria-label={`Remove facet ${label}`}
              onClick={onRemove}
            >
              <IconX size={12} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      {!folded && children}
    </div>
  );
}
