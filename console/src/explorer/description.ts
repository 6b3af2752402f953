import { useEffect, useState } from "react";
import type { OperationRule } from "./operations";
import { readSchema, type Schema } from "./schema";

export interface Description {
  schema: Schema | null;
  rules: OperationRule[];
  /** Whether it could not be loaded: then there is no help, and everything else works. */
  isMissing: boolean;
}

const NOTHING: Description = { schema: null, rules: [], isMissing: false };

/** What this server says about itself to everybody: `$metadata`, and what its operations ask for. */
export function useDescription(): Description {
  const [description, setDescription] = useState(NOTHING);
  useEffect(() => {
    const abort = new AbortController();
    load(abort.signal)
      .then(setDescription)
      .catch(() => {
        if (!abort.signal.aborted) setDescription({ ...NOTHING, isMissing: true });
      });
    return () => abort.abort();
  }, []);
  return description;
}

async function load(signal: AbortSignal): Promise<Description> {
  const ask = async (path: string): Promise<Response> => {
    const response = await fetch(`/v1.0${path}`, { signal, credentials: "omit" });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    return response;
  };
  const [metadata, operations] = await Promise.all([ask("/$metadata"), ask("/riskgate/operations")]);
  const { value } = (await operations.json()) as { value: OperationRule[] };
  return { schema: readSchema(await metadata.text()), rules: value, isMissing: false };
}
