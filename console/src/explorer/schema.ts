// What this server's $metadata says there is: types with their members, enumerations, roots of paths, actions.

/** A property, a navigation property, or a parameter of an action. */
export interface Member {
  name: string;
  /** `Edm.String`, or the name of a declared type without its namespace. */
  type: string;
  isCollection: boolean;
  isNavigation: boolean;
}

export interface TypeInfo {
  name: string;
  base: string | undefined;
  isAbstract: boolean;
  /** Its own ones; see `membersOf`. */
  members: Member[];
}

/** An action or a function, by what it is bound to. */
export interface Operation {
  name: string;
  boundTo: string;
  isOnCollection: boolean;
  parameters: Member[];
}

export interface Schema {
  types: Map<string, TypeInfo>;
  enums: Map<string, string[]>;
  /** Entity sets and singletons. */
  roots: Member[];
  operations: Operation[];
}

/** Reads the document (OData CSDL XML 4.01). */
export function readSchema(xml: string): Schema {
  const document = new DOMParser().parseFromString(xml, "application/xml");
  const all = (tag: string) => [...document.getElementsByTagName(tag)];
  const schema: Schema = { types: new Map(), enums: new Map(), roots: [], operations: [] };
  for (const element of [...all("EntityType"), ...all("ComplexType")]) {
    const base = element.getAttribute("BaseType");
    const members = [
      ...children(element, "Property").map((child) => memberOf(child, false)),
      ...children(element, "NavigationProperty").map((child) => memberOf(child, true)),
    ];
    const name = nameOf(element);
    schema.types.set(name, {
      name,
      base: base ? unqualified(base) : undefined,
      isAbstract: element.getAttribute("Abstract") === "true",
      members,
    });
  }
  for (const element of all("EnumType")) {
    schema.enums.set(nameOf(element), children(element, "Member").map(nameOf));
  }
  for (const element of all("EntitySet")) schema.roots.push(rootOf(element, "EntityType", true));
  for (const element of all("Singleton")) schema.roots.push(rootOf(element, "Type", false));
  for (const element of [...all("Action"), ...all("Function")]) {
    const [bound, ...parameters] = children(element, "Parameter").map((child) => memberOf(child, false));
    if (!bound) continue;
    schema.operations.push({
      name: nameOf(element),
      boundTo: bound.type,
      isOnCollection: bound.isCollection,
      parameters,
    });
  }
  return schema;
}

function children(element: Element, tag: string): Element[] {
  return [...element.children].filter((child) => child.localName === tag);
}

function nameOf(element: Element): string {
  return element.getAttribute("Name") ?? "";
}

function unqualified(type: string): string {
  return type.replace(/^(microsoft\.)?graph\./, "");
}

function memberOf(element: Element, isNavigation: boolean): Member {
  const declared = element.getAttribute("Type") ?? "";
  const inner = /^Collection\((.*)\)$/.exec(declared)?.[1];
  return {
    name: nameOf(element),
    type: unqualified(inner ?? declared),
    isCollection: inner !== undefined,
    isNavigation,
  };
}

function rootOf(element: Element, attribute: string, isCollection: boolean): Member {
  const type = unqualified(element.getAttribute(attribute) ?? "");
  return { name: nameOf(element), type, isCollection, isNavigation: true };
}

/** A type's members, those it inherits first. */
export function membersOf(schema: Schema, type: string): Member[] {
  const info = schema.types.get(type);
  if (!info) return [];
  return [...(info.base ? membersOf(schema, info.base) : []), ...info.members];
}

/** Names of types that derive from this one. */
export function derivedOf(schema: Schema, type: string): string[] {
  const direct = [...schema.types.values()].filter((info) => info.base === type).map((info) => info.name);
  return direct.flatMap((name) => [name, ...derivedOf(schema, name)]);
}

/** Where a path leads. */
export interface Target {
  type: string;
  isCollection: boolean;
  /** The action the path ends with. */
  operation?: Operation;
}

/** What is at a path; `null` if the metadata does not say. */
export function resolve(schema: Schema, path: string): Target | null {
  const segments = path.split("/").filter(Boolean);
  const first = schema.roots.find((root) => isSame(root.name, withoutKey(segments[0] ?? "")));
  if (!first) return null;
  let target: Target = { type: first.type, isCollection: first.isCollection && !hasKey(segments[0] ?? "") };
  for (const segment of segments.slice(1)) {
    const next = step(schema, target, segment);
    if (!next) return null;
    target = next;
  }
  return target;
}

function step(schema: Schema, target: Target, segment: string): Target | null {
  const name = unqualified(withoutKey(segment));
  const operation = schema.operations.find(
    (known) =>
      isSame(known.name, name) &&
      known.isOnCollection === target.isCollection &&
      isOf(schema, target.type, known.boundTo),
  );
  if (operation) return { type: target.type, isCollection: false, operation };
  if (segment.startsWith("$")) return { type: "Edm.Int32", isCollection: false };
  if (segment.startsWith("microsoft.graph.") && schema.types.has(name)) return { ...target, type: name };
  if (target.isCollection) return { type: target.type, isCollection: false };
  const types = [target.type, ...derivedOf(schema, target.type)];
  const member = types.flatMap((type) => membersOf(schema, type)).find((known) => isSame(known.name, name));
  return member ? { type: member.type, isCollection: member.isCollection && !hasKey(segment) } : null;
}

function isOf(schema: Schema, type: string, base: string): boolean {
  return type === base || derivedOf(schema, base).includes(type);
}

function hasKey(segment: string): boolean {
  return /\(.+\)$/.test(segment);
}

function withoutKey(segment: string): string {
  return segment.replace(/\(.*\)$/, "");
}

function isSame(name: string, other: string): boolean {
  return name.toLowerCase() === other.toLowerCase();
}

/** How a member's kind is written: `String`, `Collection(riskLevel)`. */
export function kindOf(member: Member): string {
  const type = member.type.replace(/^Edm\./, "");
  return member.isCollection ? `Collection(${type})` : type;
}
