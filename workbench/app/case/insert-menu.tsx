import {
  Button,
  Menu,
  MenuDivider,
  MenuGroup,
  MenuGroupHeader,
  MenuItem,
  MenuList,
  MenuPopover,
  MenuTrigger,
  makeStyles,
  Text,
  tokens,
} from '@fluentui/react-components';
import { TextQuoteRegular } from '@fluentui/react-icons/svg/text-quote';
import { useQuery } from '@tanstack/react-query';
import type { CaseDetail } from '../../protocol.ts';
import { useSpeech } from '../language.tsx';
import { caseCannedQuery, suggestionsQuery } from '../queries.ts';
import { navigate } from '../use-route.tsx';

const useStyles = makeStyles({
  popover: { maxWidth: 'min(420px, calc(100vw - 32px))', maxHeight: '50vh', overflowY: 'auto' },
  item: { display: 'flex', flexDirection: 'column', minWidth: 0 },
  text: {
    color: tokens.colorNeutralForeground2,
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
  },
});

interface InsertMenuProps {
  readonly detail: CaseDetail;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  /** What was chosen; it can be changed before it is sent. */
  readonly onInsert: (text: string) => void;
}

/** What can be put into the field: suggestions for this case, marked as such, and the texts that are kept ready. */
export function InsertMenu({ detail, open, onOpen, onInsert }: InsertMenuProps) {
  const styles = useStyles();
  const { t } = useSpeech();
  const texts = useQuery({ ...caseCannedQuery(detail.id), enabled: open }).data?.texts ?? [];
  const replies = useQuery({ ...suggestionsQuery(detail.id), enabled: open }).data?.replies ?? [];
  return (
    <Menu inline open={open} onOpenChange={(_, data) => onOpen(data.open)} positioning="above-start">
      <MenuTrigger disableButtonEnhancement>
        <Button appearance="subtle" icon={<TextQuoteRegular />} aria-label={t('canned.insert')} title={t('canned.insertHint')} />
      </MenuTrigger>
      <MenuPopover className={styles.popover}>
        <MenuList>
          {replies.length > 0 && (
            <MenuGroup>
              <MenuGroupHeader>{t('suggest.title')}</MenuGroupHeader>
              {replies.map((reply) => (
                <MenuItem key={`${reply.from}-${reply.reference}`} onClick={() => onInsert(reply.text)}>
                  <Line
                    name={reply.reference === null ? t('suggest.catalogue') : t('suggest.case', { reference: reply.reference })}
                    text={reply.text}
                  />
                </MenuItem>
              ))}
            </MenuGroup>
          )}
          {texts.length > 0 && (
            <MenuGroup>
              <MenuGroupHeader>{t('page.canned')}</MenuGroupHeader>
              {texts.map((one) => (
                <MenuItem key={one.id} onClick={() => onInsert(one.text)}>
                  <Line name={one.name} text={one.text} />
                </MenuItem>
              ))}
            </MenuGroup>
          )}
          <MenuDivider />
          <MenuItem onClick={() => navigate({ page: 'canned' })}>{t('canned.manage')}</MenuItem>
        </MenuList>
      </MenuPopover>
    </Menu>
  );
}

function Line({ name, text }: { readonly name: string; readonly text: string }) {
  const styles = useStyles();
  return (
    <span className={styles.item}>
      <Text weight="semibold">{name}</Text>
      <Text size={200} className={styles.text}>
        {text}
      </Text>
    </span>
  );
}
