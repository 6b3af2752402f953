// The parts of OData that lists are asked for with. Values are quoted here and nowhere else.

/** A name of a property of `T`, or of a part of one. */
export type PathOf<T> = {
  [K in keyof T & string]: NonNullable<T[K]> extends unknown[]
    ? never
    : NonNullable<T[K]> extends object
      ? `${K}/${keyof NonNullable<T[K]> & string}`
      : K;
}[keyof T & string];

/** A text literal. */
export function quoted(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}

export function equals<T>(path: PathOf<T>, value: string): string {
  return `${path} eq ${quoted(value)}`;
}

export function contains<T>(path: PathOf<T>, value: string): string {
  return `contains(${path},${quoted(value)})`;
}

export function since<T>(path: PathOf<T>, time: Date): string {
  return `${path} ge ${time.toISOString().replace(/\.\d+Z$/, "Z")}`;
}

/** Any of the clauses; nothing if there are none. */
export function anyOf(clauses: string[]): string | undefined {
  if (clauses.length < 2) return clauses[0];
  return `(${clauses.join(" or ")})`;
}

/** All of the clauses that say something. */
export function allOf(clauses: (string | undefined)[]): string | undefined {
  const said = clauses.filter((clause) => clause !== undefined && clause !== "");
  return said.length > 0 ? said.join(" and ") : undefined;
}

/** A path with the options that say something, encoded. */
export function withOptions(path: string, options: Record<string, string | number | undefined>): string {
  const said = Object.entries(options).filter(([, value]) => value !== undefined && value !== "");
  const text = said.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join("&");
  return text ? `${path}?${text}` : path;
}
