/**
 * The web chat: a widget that any intranet page takes in with one script tag, and the HTTP interface behind it (`protocol.ts`). A message
 * is stored, handled and answered in the same response; what comes later reaches the browser by a stream of events. It knows nothing of
 * products, forms or cases: it hands messages to the desk and renders its replies.
 */
export { buildWidget } from './build-widget.ts';
export { webDelivery } from './deliver.ts';
export { ChatError } from './errors.ts';
export { type WebChatOptions, webChat } from './routes.ts';
export { readVisitorToken } from './visitor.ts';
