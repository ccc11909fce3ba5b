import { storable } from '../../domain/index.ts';
import { type Attribute, attributeOf, ENTERPRISE, ENTERPRISE_ATTRIBUTES, USER, USER_ATTRIBUTES } from './attributes.ts';
import { bad } from './errors.ts';
import { type Equals, readFilter } from './filter.ts';

/** A user as the directory says it: attributes by their name, those of the enterprise extension below its schema. */
export type Document = Record<string, unknown>;

export interface Operation {
  readonly op: 'add' | 'replace' | 'remove';
  /** Null: the value names the attributes. */
  readonly path: string | null;
  readonly value: unknown;
}

interface Target {
  readonly attribute: Attribute;
  readonly of: 'user' | 'enterprise';
  /** Which of several are meant. */
  readonly filter: readonly Equals[] | null;
  readonly sub: Attribute | null;
}

const MOST_TEXT = 300;
const MOST_VALUES = 50;
const PATH = /^([A-Za-z$][\w$-]*)(?:\[((?:"(?:[^"\\]|\\.)*"|[^\]"])*)\])?(?:\.([A-Za-z$][\w$-]*))?$/;

/** A whole user as it was sent. Attributes that the desk does not keep are passed over. */
export function readDocument(body: unknown): Document {
  return change({}, { op: 'add', path: null, value: body });
}

/**
 * One operation of a PATCH (RFC 7644, 3.5.2), done on a copy. What providers are known to send besides is taken as meant: dotted names and whole paths
 * as keys of a value without path, "True" for true, a list of one for one, and a value for an element that is not there yet.
 * @throws ScimError `invalidPath`, `invalidValue`
 */
export function change(document: Document, { op, path, value }: Operation): Document {
  const next = structuredClone(document);
  if (path !== null) {
    put(next, op, path, value);
    return next;
  }
  if (op === 'remove') throw bad('noTarget', 'To remove something, name it by a path.');
  if (!isObject(value)) throw bad('invalidValue', 'Without a path the value must be an object of attributes.');
  for (const [key, of] of Object.entries(value)) put(next, op, key, of);
  return next;
}

function put(document: Document, op: Operation['op'], path: string, value: unknown): void {
  if (path.toLowerCase() === ENTERPRISE.toLowerCase()) {
    if (op === 'remove' || value === null) delete document[ENTERPRISE];
    else if (isObject(value)) for (const [key, of] of Object.entries(value)) put(document, op, `${ENTERPRISE}:${key}`, of);
    else throw bad('invalidValue', `${ENTERPRISE} must be an object of attributes.`);
    return;
  }
  const target = targetOf(path);
  if (!target) return;
  if (target.of === 'user') return set(document, op, target, value);
  const known = document[ENTERPRISE];
  const extension = isObject(known) ? known : {};
  set(extension, op, target, value);
  if (Object.keys(extension).length > 0) document[ENTERPRISE] = extension;
  else delete document[ENTERPRISE];
}

/** @returns null for an attribute that is not kept. @throws ScimError `invalidPath` */
function targetOf(path: string): Target | null {
  const [schema, rest] = withinSchema(path);
  const [, name = '', inner, subName] = PATH.exec(rest) ?? [];
  if (name === '') throw bad('invalidPath', `This is not a path: ${path.slice(0, 200)}`);
  const attribute = attributeOf(schema === 'user' ? USER_ATTRIBUTES : ENTERPRISE_ATTRIBUTES, name);
  if (!attribute) return null;
  const sub = subName === undefined ? null : attributeOf(attribute.subs ?? [], subName);
  if (subName !== undefined && !sub) return null;
  if (inner !== undefined && !attribute.multiValued) throw bad('invalidPath', `${attribute.name} has one value; it takes no filter.`);
  return { attribute, of: schema, filter: inner === undefined ? null : readFilter(inner), sub };
}

function withinSchema(path: string): ['user' | 'enterprise', string] {
  const lower = path.toLowerCase();
  if (lower.startsWith(`${ENTERPRISE.toLowerCase()}:`)) return ['enterprise', path.slice(ENTERPRISE.length + 1)];
  if (lower.startsWith(`${USER.toLowerCase()}:`)) return ['user', path.slice(USER.length + 1)];
  return ['user', lower.startsWith('urn:') ? 'another' : path];
}

function set(holder: Document, op: Operation['op'], target: Target, value: unknown): void {
  const { attribute, sub } = target;
  if (attribute.multiValued) return setAmong(holder, op, target, value);
  if (attribute.type === 'complex') {
    const known = holder[attribute.name];
    const whole = isObject(known) ? known : {};
    if (sub) setSimple(whole, op, sub, value);
    else if (op === 'remove' || isNothing(one(value))) delete holder[attribute.name];
    else merge(whole, op, attribute, one(value));
    if (op === 'remove' && !sub) return;
    if (!sub && isNothing(one(value))) return;
    if (Object.keys(whole).length > 0) holder[attribute.name] = whole;
    else delete holder[attribute.name];
    return;
  }
  setSimple(holder, op, attribute, value);
}

/** An attribute of several values. */
function setAmong(holder: Document, op: Operation['op'], { attribute, filter, sub }: Target, value: unknown): void {
  const known = holder[attribute.name];
  const list: Document[] = Array.isArray(known) ? known.filter(isObject) : [];
  const meant = filter ? list.filter((it) => filter.every((equals) => fits(it, equals))) : list;
  const next = ((): Document[] => {
    if (op === 'remove') {
      if (!filter && !sub && !isNothing(value)) {
        const gone = readAll(attribute, value).map((it) => it.value);
        return list.filter((it) => !gone.includes(it.value));
      }
      if (!sub) return list.filter((it) => !meant.includes(it));
      for (const it of meant) delete it[sub.name];
      return list;
    }
    if (!filter && !sub) {
      const given = readAll(attribute, value);
      if (op === 'replace') return given;
      const same = (a: Document, b: Document) => a.value === b.value && a.type === b.type;
      return [...list.filter((it) => !given.some((other) => same(it, other))), ...given];
    }
    const elements = meant.length > 0 ? meant : [fresh(attribute, filter ?? [])];
    for (const it of elements) {
      if (sub) setSimple(it, op, sub, value);
      else merge(it, op, attribute, one(value));
    }
    return meant.length > 0 ? list : [...list, ...elements];
  })();
  if (next.length > MOST_VALUES) throw bad('invalidValue', `${attribute.name} has more than ${MOST_VALUES} values.`);
  const whole = onePrimary(next.filter((it) => it.value !== undefined));
  if (whole.length > 0) holder[attribute.name] = whole;
  else delete holder[attribute.name];
}

/** The last that says that it is the primary one is. */
function onePrimary(list: readonly Document[]): Document[] {
  const last = list.findLast((it) => it.primary === true);
  return list.map((it) => (it.primary === true && it !== last ? { ...it, primary: false } : it));
}

/** What a filter asks for, made: so `emails[type eq "work"].value` sets the address of who had none. */
function fresh(attribute: Attribute, filter: readonly Equals[]): Document {
  const made: Document = {};
  for (const { path, value } of filter) {
    const sub = attributeOf(attribute.subs ?? [], path);
    if (sub) setSimple(made, 'add', sub, value);
  }
  return made;
}

function fits(it: Document, { path, value }: Equals): boolean {
  const [, found] = Object.entries(it).find(([name]) => name.toLowerCase() === path) ?? [];
  if (typeof value === 'boolean') return (found ?? false) === value;
  return typeof found === 'string' && found.toLowerCase() === value.toLowerCase();
}

function readAll(attribute: Attribute, value: unknown): Document[] {
  if (isNothing(value)) return [];
  return (Array.isArray(value) ? value : [value]).map((it) => {
    const made: Document = {};
    merge(made, 'add', attribute, it);
    return made;
  });
}

function merge(into: Document, op: Operation['op'], attribute: Attribute, value: unknown): void {
  // A text alone is its value: Entra names a manager so.
  if (!isObject(value)) {
    const main = attributeOf(attribute.subs ?? [], 'value');
    if (!main) throw bad('invalidValue', `${attribute.name} must be an object.`);
    return setSimple(into, op, main, value);
  }
  for (const [key, of] of Object.entries(value)) {
    const sub = attributeOf(attribute.subs ?? [], key);
    if (sub && !sub.readOnly) setSimple(into, op, sub, of);
  }
}

function setSimple(holder: Document, op: Operation['op'], { name, type }: Attribute, given: unknown): void {
  const only = one(given);
  const value = isObject(only) && 'value' in only ? only.value : only;
  if (op === 'remove' || isNothing(value)) delete holder[name];
  else holder[name] = type === 'boolean' ? readBoolean(name, value) : readText(name, value);
}

function readBoolean(name: string, value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string' && /^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
  throw bad('invalidValue', `${name} must be true or false.`);
}

function readText(name: string, value: unknown): string {
  if (typeof value !== 'string' && typeof value !== 'number') throw bad('invalidValue', `${name} must be a text.`);
  const text = storable(String(value)).trim();
  if (text.length > MOST_TEXT) throw bad('invalidValue', `${name} has ${text.length} characters; ${MOST_TEXT} are the most.`);
  return text;
}

function one(value: unknown): unknown {
  return Array.isArray(value) && value.length <= 1 ? value[0] : value;
}

function isNothing(value: unknown): boolean {
  return value === null || value === undefined || value === '';
}

export function isObject(value: unknown): value is Document {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
