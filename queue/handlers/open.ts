import type { HandlerSettings } from '../../domain/index.ts';
import { fmis } from './fmis.ts';
import type { Handler, HandlerMeans } from './handler.ts';
import { http } from './http.ts';
import { supplier } from './supplier.ts';

/** The handler that settings ask for: the list of all that there are. */
export function openHandler(settings: HandlerSettings, means: HandlerMeans): Handler {
  switch (settings.type) {
    case 'http':
      return http(settings, means);
    case 'fmis':
      return fmis(settings, means);
    case 'supplier':
      return supplier(settings, means);
    default:
      return settings satisfies never;
  }
}
