import { ArrowReplyRegular } from '@fluentui/react-icons/svg/arrow-reply';
import { ArrowSwapRegular } from '@fluentui/react-icons/svg/arrow-swap';
import { ArrowUndoRegular } from '@fluentui/react-icons/svg/arrow-undo';
import { ChatRegular } from '@fluentui/react-icons/svg/chat';
import { ChatOffRegular } from '@fluentui/react-icons/svg/chat-off';
import { CheckmarkRegular } from '@fluentui/react-icons/svg/checkmark';
import { FlagRegular } from '@fluentui/react-icons/svg/flag';
import { HandRightRegular } from '@fluentui/react-icons/svg/hand-right';
import { LinkRegular } from '@fluentui/react-icons/svg/link';
import { LinkDismissRegular } from '@fluentui/react-icons/svg/link-dismiss';
import { LockClosedRegular } from '@fluentui/react-icons/svg/lock-closed';
import { MegaphoneRegular } from '@fluentui/react-icons/svg/megaphone';
import { PauseRegular } from '@fluentui/react-icons/svg/pause';
import { PersonSwapRegular } from '@fluentui/react-icons/svg/person-swap';
import { PlayRegular } from '@fluentui/react-icons/svg/play';
import { QuestionRegular } from '@fluentui/react-icons/svg/question';
import { SendRegular } from '@fluentui/react-icons/svg/send';
import { SplitVerticalRegular } from '@fluentui/react-icons/svg/split-vertical';
import { TimerRegular } from '@fluentui/react-icons/svg/timer';
import type { JSX } from 'react';
import type { CaseAction } from '../../protocol.ts';

/** One picture per action, the same wherever it is offered. */
export const ACTION_ICONS: Readonly<Record<CaseAction['action'], JSX.Element>> = {
  claim: <HandRightRegular />,
  release: <ArrowUndoRegular />,
  ask: <QuestionRegular />,
  reply: <ArrowReplyRegular />,
  chat: <ChatRegular />,
  'hand-back': <ChatOffRegular />,
  wait: <PauseRegular />,
  resume: <PlayRegular />,
  ready: <CheckmarkRegular />,
  move: <ArrowSwapRegular />,
  'set-requester': <PersonSwapRegular />,
  split: <SplitVerticalRegular />,
  delay: <TimerRegular />,
  prioritise: <FlagRegular />,
  declare: <MegaphoneRegular />,
  link: <LinkRegular />,
  unlink: <LinkDismissRegular />,
  'to-handler': <SendRegular />,
  'by-hand': <HandRightRegular />,
  note: <LockClosedRegular />,
};
