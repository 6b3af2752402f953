// `additionalInfo` of a detection: JSON text that lists keys with values.

export interface Evidence {
  key: string;
  value: string;
}

export interface AdditionalInfo {
  /** What was seen of the client: user agent, address, network. */
  client: Evidence[];
  /** Why the detection was made. */
  reasons: Evidence[];
}

/** Reads it; what cannot be read is left out, since it was written by other versions. */
export function readAdditionalInfo(text: string | null | undefined): AdditionalInfo {
  const info: AdditionalInfo = { client: [], reasons: [] };
  for (const item of items(text)) {
    const { Key: key, Value: value } = item as { Key?: unknown; Value?: unknown };
    if (typeof key !== "string") continue;
    if (key === "riskReasons" && Array.isArray(value)) info.reasons.push(...value.map(reason));
    else if (typeof value === "string" && value) info.client.push({ key, value });
  }
  return info;
}

function items(text: string | null | undefined): object[] {
  try {
    const parsed: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(parsed) ? parsed.filter((item) => typeof item === "object" && item !== null) : [];
  } catch {
    return [];
  }
}

/** A reason is written as `key: value`; Graph itself has single words here. */
function reason(text: unknown): Evidence {
  const [, key, value] = /^([A-Za-z0-9_]+): (.*)$/s.exec(String(text)) ?? [];
  return key && value !== undefined ? { key, value } : { key: String(text), value: "" };
}
