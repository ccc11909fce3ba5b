import { showValue } from '../bot/index.ts';
import { businessHoursOf, type Catalogue, productOf } from '../catalogue/index.ts';
import type { OrderSent, SupplierOrder } from '../channels/email/index.ts';
import { addBusinessMinutes, type Case, type Language, type SummaryLine } from '../domain/index.ts';
import type { SupplierMail } from '../queue/index.ts';

/** Mail to suppliers, as the queues of handlers ask for it: with what the catalogue knows of the case and of the hours that the contract counts in. */
export function supplierMail(order: (it: SupplierOrder) => Promise<OrderSent>, catalogue: () => Catalogue): SupplierMail {
  return {
    send: async ({ task, to, language, supplier, contract }) => {
      const now = catalogue();
      const minutes = contract?.complete;
      const sent = await order({
        task,
        to,
        language,
        supplier,
        contract: contract?.number ?? null,
        dueFrom: (asked) => (minutes === undefined ? null : addBusinessMinutes(asked, minutes, businessHoursOf(now, task.case.team))),
        timeZone: now.organisation.timeZone,
        fields: fieldsOf(task.case, language, now),
      });
      return sent.kind === 'sent' ? { kind: 'sent', externalId: null, said: null } : sent;
    },
  };
}

function fieldsOf(it: Case, language: Language, catalogue: Catalogue): SummaryLine[] {
  const fields = it.product === null ? [] : (productOf(catalogue, it.product)?.fields ?? []);
  return fields.flatMap((field) => {
    const value = it.values[field.id];
    if (value === undefined) return [];
    return [{ label: field.label[language], value: showValue(field, value, language, it.openedAt, catalogue.organisation.timeZone) }];
  });
}
