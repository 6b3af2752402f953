// What can be written next in the address: segments of paths, options, properties, operators, members of enumerations.
import { nextSegments, type OperationRule } from "./operations";
import { derivedOf, kindOf, type Member, membersOf, resolve, type Schema } from "./schema";

export interface Suggestion {
  /** What is written. */
  text: string;
  /** What it is, in a word of the schema. */
  detail: string;
}

export interface Completion {
  /** What the suggestion takes the place of, from here to the caret. */
  from: number;
  suggestions: Suggestion[];
}

const OPTIONS: Suggestion[] = [
  { text: "$filter=", detail: "Boolean" },
  { text: "$select=", detail: "…" },
  { text: "$orderby=", detail: "asc, desc" },
  { text: "$top=", detail: "Int32" },
  { text: "$count=true", detail: "Boolean" },
  { text: "$search=", detail: "String" },
  { text: "$expand=", detail: "…" },
];
const FUNCTIONS = ["startswith(", "endswith(", "contains(", "not "];
const MOST = 60;

/** What can stand at the caret. */
export function complete(schema: Schema, rules: OperationRule[], text: string, caret: number): Completion {
  const before = text.slice(0, caret);
  const question = before.indexOf("?");
  const found = question < 0 ? ofPath(schema, rules, before) : ofQuery(schema, before, question);
  return { ...found, suggestions: found.suggestions.slice(0, MOST) };
}

function ofPath(schema: Schema, rules: OperationRule[], before: string): Completion {
  const from = before.lastIndexOf("/") + 1;
  const parent = before.slice(0, from);
  const target = parent === "/" || parent === "" ? null : resolve(schema, parent);
  const detail = (name: string): string => {
    const there = resolve(schema, `${parent}${name}`);
    if (there?.operation) return there.operation.parameters.map((one) => one.name).join(", ") || "()";
    if (!there || there.type.startsWith("Edm.")) return name.startsWith("{") ? "" : "…";
    return there.isCollection ? `Collection(${there.type})` : there.type;
  };
  const known = nextSegments(rules, parent).filter((name) => !name.endsWith("=}"));
  const roots = target === null && from <= 1 ? ["me"] : [];
  const suggestions = [...new Set([...roots, ...known])].map((name) => ({ text: name, detail: detail(name) }));
  return { from, suggestions: matching(suggestions, before.slice(from)) };
}

function ofQuery(schema: Schema, before: string, question: number): Completion {
  const start = Math.max(question, before.lastIndexOf("&")) + 1;
  const part = before.slice(start);
  const equals = part.indexOf("=");
  if (equals < 0) {
    const given = before.slice(question + 1, start).toLowerCase();
    const open = OPTIONS.filter(({ text }) => !given.includes(`${text.split("=")[0]}=`));
    return { from: start, suggestions: matching(open, part) };
  }
  const target = resolve(schema, before.slice(0, question));
  if (!target) return { from: before.length, suggestions: [] };
  const option = part.slice(0, equals).toLowerCase();
  const value = part.slice(equals + 1);
  const offset = start + equals + 1;
  if (option === "$filter") return ofFilter(schema, target.type, value, offset);
  if (option === "$select" || option === "$orderby") return ofList(schema, target.type, option, value, offset);
  if (option === "$expand") {
    const ways = allMembers(schema, target.type).filter((member) => member.isNavigation);
    return { from: offset, suggestions: matching(ways.map(asSuggestion), value) };
  }
  return { from: before.length, suggestions: [] };
}

function ofList(schema: Schema, type: string, option: string, value: string, offset: number): Completion {
  const at = value.lastIndexOf(",") + 1;
  const item = value.slice(at);
  const space = item.indexOf(" ");
  if (option === "$orderby" && space > 0) {
    const directions = ["asc", "desc"].map((text) => ({ text, detail: "" }));
    return { from: offset + at + space + 1, suggestions: matching(directions, item.slice(space + 1)) };
  }
  const taken = value.slice(0, at).split(",");
  const { from, members } = membersAt(schema, type, item);
  const left = members.filter((member) => !taken.includes(member.name));
  return { from: offset + at + from, suggestions: matching(left.map(asSuggestion), item.slice(from)) };
}

function ofFilter(schema: Schema, type: string, value: string, offset: number): Completion {
  const none = { from: offset + value.length, suggestions: [] };
  // Inside of a text only the members of an enumeration are known.
  const inText = (value.match(/'/g)?.length ?? 0) % 2 === 1;
  const open = inText ? value.lastIndexOf("'") : value.search(/[^\s(,]*$/);
  const tokens = value
    .slice(0, open)
    .trimEnd()
    .split(/[\s(,]+/)
    .filter(Boolean);
  const last = tokens.at(-1) ?? "";
  const typed = value.slice(open);
  if (/^(eq|ne|gt|ge|lt|le)$/.test(last)) {
    const member = memberAt(schema, type, tokens.at(-2) ?? "");
    return { from: offset + open, suggestions: matching(valuesOf(schema, member), typed) };
  }
  if (inText) return none;
  const member = memberAt(schema, type, last);
  if (member && !/[(,]\s*$/.test(value.slice(0, open))) {
    return { from: offset + open, suggestions: matching(operatorsOf(schema, member), typed) };
  }
  const isDone = last !== "" && !/^(and|or|not)$/.test(last) && !/[(,]\s*$/.test(value.slice(0, open));
  if (isDone) {
    const words = ["and", "or"].map((text) => ({ text, detail: "" }));
    return { from: offset + open, suggestions: matching(words, typed) };
  }
  const { from, members } = membersAt(schema, type, typed);
  const functions = from === 0 ? FUNCTIONS.map((text) => ({ text, detail: "Boolean" })) : [];
  const suggestions = [...members.filter((one) => !one.isNavigation).map(asSuggestion), ...functions];
  return { from: offset + open + from, suggestions: matching(suggestions, typed.slice(from)) };
}

/** Members that can stand at the end of a path such as `status/err`, and where the last part begins. */
function membersAt(schema: Schema, type: string, path: string): { from: number; members: Member[] } {
  const slash = path.lastIndexOf("/");
  if (slash < 0) return { from: 0, members: allMembers(schema, type) };
  const parent = memberAt(schema, type, path.slice(0, slash));
  return { from: slash + 1, members: parent ? allMembers(schema, parent.type) : [] };
}

function memberAt(schema: Schema, type: string, path: string): Member | undefined {
  let at = type;
  let found: Member | undefined;
  for (const name of path.split("/")) {
    found = allMembers(schema, at).find((member) => member.name.toLowerCase() === name.toLowerCase());
    if (!found) return undefined;
    at = found.type;
  }
  return found;
}

/** Members of a type, and of those that derive from it if it is only a base; each once. */
function allMembers(schema: Schema, type: string): Member[] {
  const derived = schema.types.get(type)?.isAbstract ? derivedOf(schema, type) : [];
  const all = [type, ...derived].flatMap((name) => membersOf(schema, name));
  return all.filter((member, index) => all.findIndex((other) => other.name === member.name) === index);
}

function operatorsOf(schema: Schema, member: Member): Suggestion[] {
  const isOrdered = /^Edm\.(Int32|Double|DateTimeOffset|Duration)$/.test(member.type);
  const names = member.type.startsWith("Edm.") || schema.enums.has(member.type) ? ["eq", "ne"] : [];
  return [...names, ...(isOrdered ? ["ge", "gt", "le", "lt"] : []), ...(names.length ? ["in"] : [])].map((text) => ({
    text,
    detail: kindOf(member),
  }));
}

function valuesOf(schema: Schema, member: Member | undefined): Suggestion[] {
  if (!member) return [];
  const members = schema.enums.get(member.type);
  if (members) return members.map((name) => ({ text: `'${name}'`, detail: member.type }));
  if (member.type === "Edm.Boolean") return ["true", "false"].map((text) => ({ text, detail: "Boolean" }));
  return [];
}

function asSuggestion(member: Member): Suggestion {
  return { text: member.name, detail: kindOf(member) };
}

/** Those that begin with what is typed, in any case; before those in which it only occurs. */
function matching(suggestions: Suggestion[], typed: string): Suggestion[] {
  const wanted = typed.toLowerCase();
  const begins = (one: Suggestion) => one.text.toLowerCase().startsWith(wanted);
  const first = suggestions.filter((one) => begins(one) && one.text !== typed);
  const rest =
    wanted.length > 1 ? suggestions.filter((one) => !begins(one) && one.text.toLowerCase().includes(wanted)) : [];
  return [...first, ...rest];
}
