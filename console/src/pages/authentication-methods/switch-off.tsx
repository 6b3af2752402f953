import type { Page } from "../../api/graph";
import type { AuthenticationStrengthPolicy } from "../../api/types";
import { useResource } from "../../api/use-resource";
import { Confirm } from "../../parts/confirm";
import { reason } from "../../parts/notice";
import { text } from "../../texts";
import { impassableWithout, type MethodConfiguration } from "./configuration";

interface Props {
  id: string;
  name: string;
  /** Of all methods. */
  configurations: MethodConfiguration[];
  run: () => Promise<void>;
  close: () => void;
}

/** Says what is lost with a method before it is disabled. */
export function SwitchOff({ id, name, configurations, run, close }: Props) {
  const said = text.methodsPolicy;
  const strengths = useResource<Page<AuthenticationStrengthPolicy>>("/policies/authenticationStrengthPolicies");
  const lost = impassableWithout(id, configurations, strengths.value?.value ?? []);
  const effects = [...effectsOf(id)];
  if (lost.length > 0) effects.push(said.impassable(lost.map(({ displayName }) => displayName).join(", ")));
  if (strengths.failure) effects.push(said.unknownStrengths(reason(strengths.failure)));
  return (
    <Confirm question={said.disableQuestion(name)} effects={effects} label={said.disable} run={run} close={close} />
  );
}

function effectsOf(id: string): string[] {
  if (id === "Email") return text.methodsPolicy.disableMailEffects;
  if (id === "TemporaryAccessPass") return text.methodsPolicy.disablePassEffects;
  return text.methodsPolicy.disableEffects;
}
