// The edited policy as an object: the form reads and writes parts of it by their paths, and what it does not know stays.

export type Properties = Record<string, unknown>;

export function isObject(value: unknown): value is Properties {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path such as `conditions/users/includeUsers`. */
export function valueAt(document: Properties, path: string): unknown {
  return path.split("/").reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), document);
}

/** The texts at a path; none if there is something else. */
export function textsAt(document: Properties, path: string): string[] {
  const value = valueAt(document, path);
  return Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
}

export function textAt(document: Properties, path: string): string {
  const value = valueAt(document, path);
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

/**
 * The document with another value at a path. A value that says nothing is taken out, and what was around it as well if nothing
 * is left there.
 */
export function withValue(document: Properties, path: string, value: unknown): Properties {
  const [name = "", ...rest] = path.split("/");
  const before = document[name];
  const inner = rest.length === 0 ? value : withValue(isObject(before) ? before : {}, rest.join("/"), value);
  if (!saysNothing(inner)) return { ...document, [name]: inner };
  const { [name]: _, ...others } = document;
  return others;
}

function saysNothing(value: unknown): boolean {
  if (Array.isArray(value)) return value.length === 0;
  return value === undefined || value === null || (isObject(value) && Object.keys(value).length === 0);
}

/** Paths of what the form does not show, so that it can say so. */
export function unknownPaths(document: Properties, known: readonly string[], path = ""): string[] {
  return Object.entries(document).flatMap(([name, value]) => {
    const here = path ? `${path}/${name}` : name;
    if (known.includes(here) || name.includes("@")) return [];
    const isAround = known.some((one) => one.startsWith(`${here}/`));
    return isAround && isObject(value) ? unknownPaths(value, known, here) : [here];
  });
}
