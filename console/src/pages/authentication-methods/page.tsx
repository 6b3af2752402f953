import { useResource } from "../../api/use-resource";
import { Cards } from "../../parts/card";
import { Heading } from "../../parts/heading";
import { Failure } from "../../parts/notice";
import { text } from "../../texts";
import type { MethodConfiguration } from "./configuration";
import { MethodCard } from "./method-card";

const POLICY = "/policies/authenticationMethodsPolicy";

interface Policy {
  authenticationMethodConfigurations?: MethodConfiguration[];
}

/** Which methods there are, and for whom. */
export function AuthenticationMethodsPage() {
  const { value, failure, reload } = useResource<Policy>(POLICY);
  const all = value?.authenticationMethodConfigurations ?? [];
  return (
    <>
      <Heading title={text.titles.methods} lead={text.methodsPolicy.lead} />
      {failure && <Failure failure={failure} retry={reload} />}
      <Cards>
        {all.map((one) => (
          <MethodCard
            key={one.id}
            configuration={one}
            all={all}
            path={`${POLICY}/authenticationMethodConfigurations/${encodeURIComponent(one.id)}`}
            onChanged={reload}
          />
        ))}
      </Cards>
    </>
  );
}
