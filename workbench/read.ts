import { z } from 'zod';
import { WorkbenchError } from './errors.ts';

/** Reads a request's body. @throws WorkbenchError `invalid` that says what is wrong */
export function read<Shape extends z.ZodType>(shape: Shape, body: unknown): z.output<Shape> {
  const parsed = shape.safeParse(body);
  if (!parsed.success) throw new WorkbenchError('invalid', undefined, z.prettifyError(parsed.error));
  return parsed.data;
}
