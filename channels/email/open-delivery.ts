import type { Register } from '../../register/index.ts';
import { type EmailDeliveryOptions, emailDelivery, type MailServer } from './deliver.ts';
import { connect } from './imap/connection.ts';
import { type NoticeMail, sendNotice } from './notice.ts';
import { openSentFolder } from './sent-folder.ts';
import type { TokenOf } from './settings.ts';
import { openSmtp } from './smtp.ts';
import type { SupplierOrder } from './supplier/letter.ts';
import { sendToSupplier } from './supplier/send.ts';

export interface OpenDeliveryOptions extends Omit<EmailDeliveryOptions, 'servers'> {
  readonly register: EmailDeliveryOptions['register'] & Pick<Register, 'supplierMails' | 'conversations'>;
  readonly tokens: TokenOf;
}

/** Opens the ways out of all mailboxes that can send. Nothing is connected before there is something to send. */
export function openEmailDelivery({ tokens, ...options }: OpenDeliveryOptions) {
  const servers = new Map<string, MailServer>();
  for (const { name, smtp, imap, sentFolder } of options.mailboxes) {
    if (!smtp) continue;
    servers.set(name, { smtp: openSmtp(smtp, tokens), sent: openSentFolder(() => connect(imap, tokens), sentFolder) });
  }
  return {
    ...emailDelivery({ ...options, servers }),
    order: (order: SupplierOrder) => sendToSupplier(order, { ...options, servers }),
    notify: (notice: NoticeMail) => sendNotice(notice, { ...options, servers }),
    close: async (): Promise<void> => {
      for (const { smtp, sent } of servers.values()) {
        smtp.close();
        await sent.close();
      }
    },
  };
}
