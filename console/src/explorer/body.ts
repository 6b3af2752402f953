// Help with a body: which type it has, which members there are where the caret is, and what is wrong with it.
import { derivedOf, type Member, membersOf, resolve, type Schema } from "./schema";

/** The members an object can have. */
export interface Shape {
  /** Name of the type, or of the action whose parameters they are. */
  name: string;
  members: Member[];
}

/** What a body sent to a path is made of; `null` if the metadata does not say. */
export function shapeOf(schema: Schema, path: string): Shape | null {
  const target = resolve(schema, path);
  if (!target) return null;
  if (target.operation) return { name: target.operation.name, members: target.operation.parameters };
  return ofType(schema, target.type);
}

function ofType(schema: Schema, type: string): Shape | null {
  if (!schema.types.has(type)) return null;
  const all = [type, ...derivedOf(schema, type)].flatMap((name) => membersOf(schema, name));
  const members = all.filter((member, index) => all.findIndex((other) => other.name === member.name) === index);
  return { name: type, members };
}

/** The shape below another at a path of names. */
export function shapeAt(schema: Schema, root: Shape, path: string[]): Shape | null {
  let shape: Shape | null = root;
  for (const name of path) {
    const member: Member | undefined = shape?.members.find((known) => known.name === name);
    shape = member ? ofType(schema, member.type) : null;
  }
  return shape;
}

/** Where a place in a JSON text is: names of the objects around it, and the member whose value is being written. */
export interface Place {
  path: string[];
  member: string | null;
}

/** Where the caret is. What comes after it does not matter, so that a text may be unfinished. */
export function placeAt(text: string, caret: number): Place {
  const stack: { isObject: boolean; name: string | null }[] = [];
  let name: string | null = null;
  const pattern = /"((?:[^"\\]|\\.)*)"|[{}[\],:]/g;
  const before = text.slice(0, caret);
  let pending: string | null = null;
  for (let token = pattern.exec(before); token; token = pattern.exec(before)) {
    const [written, quoted] = token;
    if (quoted !== undefined) pending = quoted;
    else if (written === ":") name = pending;
    else if (written === ",") name = stack.at(-1)?.isObject === false ? name : null;
    else if (written === "{" || written === "[") {
      stack.push({ isObject: written === "{", name });
      if (written === "{") name = null;
    } else {
      stack.pop();
      name = null;
    }
  }
  const path = stack.flatMap((one) => (one.isObject && one.name !== null ? [one.name] : []));
  return { path, member: name };
}

export interface Problem {
  message: "syntax" | "unknownMember" | "unknownValue";
  /** What is wrong: a name, a value, or the position of a mistake. */
  what: string;
  line: number;
  column: number;
}

const MOST_PROBLEMS = 5;

/** What is wrong with a body. Members that the metadata does not know may still be right: annotations and open types. */
export function check(schema: Schema | null, shape: Shape | null, text: string): Problem[] {
  if (text.trim() === "") return [];
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const at = firstMistake(text);
    return [{ message: "syntax", what: text.slice(at, at + 12).split("\n")[0] ?? "", ...position(text, at) }];
  }
  const found: Problem[] = [];
  if (schema && shape) inspect(schema, shape, value, text, found);
  return found.slice(0, MOST_PROBLEMS);
}

function inspect(schema: Schema, shape: Shape, value: unknown, text: string, found: Problem[]): void {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return;
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes("@")) continue;
    const member = shape.members.find((known) => known.name === name);
    if (!member) {
      found.push({ message: "unknownMember", what: name, ...position(text, text.indexOf(`"${name}"`)) });
      continue;
    }
    const values = Array.isArray(inner) ? inner : [inner];
    const known = schema.enums.get(member.type);
    for (const one of values) {
      if (known && typeof one === "string" && !one.split(",").every((part) => known.includes(part.trim()))) {
        found.push({ message: "unknownValue", what: one, ...position(text, text.indexOf(`"${one}"`)) });
      }
      const below = ofType(schema, member.type);
      if (below) inspect(schema, below, one, text, found);
    }
  }
}

/** The place up to which a text can be the beginning of JSON, found by what a parser accepts. */
function firstMistake(text: string): number {
  const pattern =
    /\s+|"(?:[^"\\\n]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null|[{}[\],:]/y;
  const stack: string[] = [];
  // What may come next: a value, a name, what follows a value, a colon.
  let expected: "value" | "firstName" | "name" | "colon" | "after" | "firstValue" = "value";
  let at = 0;
  while (at < text.length) {
    pattern.lastIndex = at;
    const token = pattern.exec(text)?.[0];
    if (token === undefined) return at;
    if (token.trim() !== "") {
      const next = follow(token, expected, stack);
      if (next === null) return at;
      expected = next;
    }
    at += token.length;
  }
  return text.trimEnd().length;
}

type Expected = "value" | "firstName" | "name" | "colon" | "after" | "firstValue";

/** What may come after a token; `null` if the token may not come here. */
function follow(token: string, expected: Expected, stack: string[]): Expected | null {
  if (expected === "colon") return token === ":" ? "value" : null;
  if (expected === "after") {
    if (token === "," && stack.length > 0) return stack.at(-1) === "{" ? "name" : "value";
    return closes(token, stack);
  }
  if (expected === "name" || expected === "firstName") {
    if (token.startsWith('"')) return "colon";
    return expected === "firstName" ? closes(token, stack) : null;
  }
  if (token === "{" || token === "[") {
    stack.push(token);
    return token === "{" ? "firstName" : "firstValue";
  }
  if (expected === "firstValue" && token === "]") return closes(token, stack);
  return /^[\]},:]$/.test(token) ? null : "after";
}

function closes(token: string, stack: string[]): Expected | null {
  const opening = token === "}" ? "{" : token === "]" ? "[" : null;
  return opening !== null && stack.pop() === opening ? "after" : null;
}

function position(text: string, at: number): { line: number; column: number } {
  const lines = text.slice(0, Math.max(at, 0)).split("\n");
  return { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1 };
}

/** The text in the form people read; unchanged if it is no JSON. */
export function formatted(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** A value to begin with, by the kind of the member. */
export function exampleOf(schema: Schema, member: Member): unknown {
  const one = (): unknown => {
    if (schema.enums.has(member.type)) return schema.enums.get(member.type)?.[0] ?? "";
    if (schema.types.has(member.type)) return {};
    if (member.type === "Edm.Boolean") return false;
    return /^Edm\.(Int32|Double)$/.test(member.type) ? 0 : "";
  };
  return member.isCollection ? [one()] : one();
}

/** The body with a member more at a path of names; unchanged if it is no JSON or the path leads nowhere. */
export function withMember(text: string, path: string[], name: string, value: unknown): string {
  try {
    const root: unknown = text.trim() === "" ? {} : JSON.parse(text);
    let at = root as Record<string, unknown>;
    for (const part of path) {
      const inner = at[part];
      at = (Array.isArray(inner) ? inner[0] : inner) as Record<string, unknown>;
    }
    if (typeof at !== "object" || at === null || name in at) return text;
    at[name] = value;
    return JSON.stringify(root, null, 2);
  } catch {
    return text;
  }
}
