import { comments, hasHeader, indented, quoted, SCOPE, type Snippet } from "./snippet";

/** Through azure-identity and microsoft-graph 6. */
export function java(snippet: Snippet): string {
  const { origin, hostname, tenant, version, method, url, body, headers, notes } = snippet;
  const lines: string[] = [];
  if (!hasHeader(headers, "accept")) lines.push('request.headers.add("Accept", "application/json");');
  for (const { name, value } of headers) lines.push(`request.headers.add(${quoted(name)}, ${quoted(value)});`);
  if (body !== null) {
    const block = body.replaceAll("\\", "\\\\");
    lines.push(`var body = """\n    ${indented(block, 4)}\n    """;`);
    lines.push(
      'request.setStreamContent(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), "application/json");',
    );
  }
  return `// Maven: com.azure:azure-identity, com.microsoft.graph:microsoft-graph
${comments("//", notes)}
// The certificate authority, once:
//   keytool -importcert -noprompt -file "$CA_FILE" -alias riskgate -keystore trust.p12 -storepass changeit
// and then:  java -Djavax.net.ssl.trustStore=trust.p12 -Djavax.net.ssl.trustStorePassword=changeit ...
import com.azure.identity.ClientSecretCredentialBuilder;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.HttpMethod;
import com.microsoft.kiota.RequestInformation;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;

public class Main {
  public static void main(String[] arguments) throws Exception {
    var credential =
        new ClientSecretCredentialBuilder()
            .tenantId(${quoted(tenant)})
            .clientId(System.getenv("CLIENT_ID"))
            .clientSecret(System.getenv("CLIENT_SECRET"))
            .authorityHost(${quoted(`${origin}/`)})
            .disableInstanceDiscovery()
            .build();
    var authentication =
        new AzureIdentityAuthenticationProvider(
            credential, new String[] {${quoted(hostname)}}, ${quoted(SCOPE)});
    var graph = new GraphServiceClient(authentication);
    graph.getRequestAdapter().setBaseUrl(${quoted(`${origin}/${version}`)});

    var request = new RequestInformation();
    request.httpMethod = HttpMethod.${method};
    request.setUri(URI.create(${quoted(url)}));
    ${indented(lines.join("\n"), 4)}
    var answer = graph.getRequestAdapter().sendPrimitive(request, null, InputStream.class);
    if (answer != null) {
      System.out.println(new String(answer.readAllBytes(), StandardCharsets.UTF_8));
    }
  }
}
`;
}
