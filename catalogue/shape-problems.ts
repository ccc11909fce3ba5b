import { z } from 'zod';
import { nearest } from './nearest.ts';
import { didYouMean, type Path, type Problem } from './problem.ts';
import { type SourceFile, valueAt } from './source-file.ts';

/** What a type's name is to somebody who writes YAML. */
const TYPE_NAMES: Readonly<Record<string, string>> = {
  array: 'a list',
  object: 'a block of keys',
  record: 'a block of keys',
  string: 'text',
};

/** Every issue that the schema sees in a file, with its line and the nearest right word. */
export function shapeProblems(file: SourceFile, schema: z.ZodType, error: z.ZodError): Problem[] {
  return error.issues.flatMap((issue) => {
    const path: Path = issue.path.map((step) => (typeof step === 'symbol' ? String(step) : step));
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => file.problemAt([...path, key], `unknown key "${key}"`, keyHint(key, schema, path)));
      case 'invalid_value': {
        const allowed = issue.values.map(String);
        const value = valueAt(file.content, path);
        if (value === undefined) return file.problemAt(path, `is missing; one of ${allowed.join(', ')}`);
        return file.problemAt(path, `"${String(value)}" is not one of ${allowed.join(', ')}`, didYouMean(nearest(String(value), allowed)));
      }
      case 'invalid_type': {
        const value = valueAt(file.content, path);
        if (value === undefined) return file.problemAt(path, 'is missing');
        const quotes = issue.expected === 'string' && typeof value !== 'object' ? 'put it in quotes' : undefined;
        return file.problemAt(path, `must be ${TYPE_NAMES[issue.expected] ?? `a ${issue.expected}`}`, quotes);
      }
      case 'invalid_key':
        return file.problemAt(path, `"${String(path.at(-1))}" ${issue.issues[0]?.message ?? 'is not a right key'}`);
      default:
        return file.problemAt(path, issue.message);
    }
  });
}

function keyHint(key: string, schema: z.ZodType, path: Path): string | undefined {
  const allowed = keysAt(schema, path);
  const near = nearest(key, allowed);
  if (near !== null) return didYouMean(near);
  return allowed.length > 0 ? `known here: ${allowed.join(', ')}` : undefined;
}

/** The keys that the schema knows at a path; none when there is no object. */
function keysAt(schema: z.ZodType, path: Path): string[] {
  let at: unknown = unwrap(schema);
  for (const step of path) {
    if (at instanceof z.ZodObject) at = unwrap(at.shape[step]);
    else if (at instanceof z.ZodArray) at = unwrap(at.element);
    else if (at instanceof z.ZodRecord) at = unwrap(at.valueType);
    else return [];
  }
  if (at instanceof z.ZodObject) return Object.keys(at.shape);
  return at instanceof z.ZodRecord && at.keyType instanceof z.ZodEnum ? at.keyType.options.map(String) : [];
}

function unwrap(schema: unknown): unknown {
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? unwrap(schema.unwrap()) : schema;
}
