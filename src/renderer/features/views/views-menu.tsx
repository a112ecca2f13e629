/** The header's menu of saved views: show one, keep the one that is shown, put them in order. */
import { Button, Menu } from '@mantine/core';
import { IconBookmark, IconCheck, IconChevronDown, IconDeviceFloppy, IconListDetails } from '@tabler/icons-react';
import { openDialog } from '../../state/dialogs.ts';
import { applySavedView, isShown, useSavedViews } from '../../state/saved-views.ts';
import { useTimeZone } from '../../state/settings.ts';
import { useStore } from '../../state/store.ts';
import { useTableLayout } from '../../state/table-columns.ts';
import { viewStore } from '../../state/view.ts';
import { CutText } from '../../ui/cut-text.tsx';
import { ManageViewsDialog } from './manage-views-dialog.tsx';
import { SaveViewDialog } from './save-view-dialog.tsx';
import styles from './views.module.css';

/** "Views", or the name of the saved view that is shown. */
export function ViewsMenu() {
  const zone = useTimeZone();
  const views = useSavedViews();
  const view = useStore(viewStore, (state) => state);
  const columns = useTableLayout();
  const current = views.data?.find(({ content }) => isShown(content, view, columns)) ?? null;
  return (
    <>
      <Menu width={280}>
        <Menu.Target>
          <Button
            className={styles.button ?? ''}
            aria-label={current === null ? 'Saved views' : `Saved views, showing ${current.name}`}
            leftSection={<IconBookmark size={15} aria-hidden />}
            rightSection={<IconChevronDown size={14} aria-hidden />}
          >
            {current === null ? 'Views' : <CutText text={current.name} />}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.data?.length === 0 && (
            <div className={styles.empty}>
              No view is saved yet. One keeps filter, range, order and columns under a name.
            </div>
          )}
          <div className={styles.list}>
            {views.data?.map((saved) => (
              <Menu.Item
                key={saved.viewId}
                onClick={() => applySavedView(saved, zone)}
                rightSection={saved === current ? <IconCheck size={14} aria-label="Shown" /> : null}
              >
                <CutText text={saved.name} />
              </Menu.Item>
            ))}
          </div>
          <Menu.Divider />
          <Menu.Item leftSection={<IconDeviceFloppy size={15} aria-hidden />} onClick={() => openDialog('saveView')}>
            Save this view
          </Menu.Item>
          <Menu.Item leftSection={<IconListDetails size={15} aria-hidden />} onClick={() => openDialog('manageViews')}>
            Arrange, import and export views
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <SaveViewDialog />
      <ManageViewsDialog />
    </>
  );
}
