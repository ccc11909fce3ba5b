import { z } from 'zod';
import { type CaseId, parseId, storable } from '../domain/index.ts';
import { WorkbenchError } from './errors.ts';

/** Reads a request's body. @throws WorkbenchError `invalid` that says what is wrong */
export function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new WorkbenchError('invalid', undefined, z.prettifyError(parsed.error));
  return parsed.data;
}

/** A text that somebody typed: trimmed, as it can be kept, and not empty unless `shortest` says so. In characters. */
export function typedText(longest: number, shortest = 1) {
  return z.string().trim().min(shortest).max(longest).transform(storable);
}

/** A case's id. @throws WorkbenchError `not-found` */
export function readId(text: string): CaseId {
  const id = parseId<CaseId>(text);
  if (!id) throw new WorkbenchError('not-found');
  return id;
}
