import { comments, hasHeader, indented, quoted, SCOPE, type Snippet } from "./snippet";

/** Through Azure.Identity and Microsoft.Graph 5. */
export function csharp(snippet: Snippet): string {
  const { origin, hostname, tenant, version, method, url, body, headers, notes } = snippet;
  const lines: string[] = [];
  if (!hasHeader(headers, "accept")) lines.push('request.Headers.Add("Accept", "application/json");');
  for (const { name, value } of headers) lines.push(`request.Headers.Add(${quoted(name)}, ${quoted(value)});`);
  if (body !== null) {
    lines.push(`var body = """\n    ${indented(body, 4)}\n    """;`);
    lines.push('request.SetStreamContent(new MemoryStream(Encoding.UTF8.GetBytes(body)), "application/json");');
  }
  return `// dotnet add package Azure.Identity; dotnet add package Microsoft.Graph
${comments("//", notes)}
// On Linux .NET reads SSL_CERT_FILE; elsewhere add the certificate authority to the system's trusted ones.
using System.Text;
using Azure.Identity;
using Microsoft.Graph;
using Microsoft.Graph.Models.ODataErrors;
using Microsoft.Kiota.Abstractions;
using Microsoft.Kiota.Abstractions.Serialization;
using Microsoft.Kiota.Authentication.Azure;

var credential = new ClientSecretCredential(
    ${quoted(tenant)},
    Environment.GetEnvironmentVariable("CLIENT_ID"),
    Environment.GetEnvironmentVariable("CLIENT_SECRET"),
    new ClientSecretCredentialOptions
    {
        AuthorityHost = new Uri(${quoted(origin)}),
        DisableInstanceDiscovery = true,
    });
var authentication = new AzureIdentityAuthenticationProvider(
    credential, allowedHosts: [${quoted(hostname)}], scopes: [${quoted(SCOPE)}]);
var graph = new GraphServiceClient(authentication, ${quoted(`${origin}/${version}`)});

var request = new RequestInformation { HttpMethod = Method.${method}, URI = new Uri(${quoted(url)}) };
${lines.join("\n")}
var errors = new Dictionary<string, ParsableFactory<IParsable>> { ["XXX"] = ODataError.CreateFromDiscriminatorValue };
var answer = await graph.RequestAdapter.SendPrimitiveAsync<Stream>(request, errors);
if (answer is not null)
{
    Console.WriteLine(await new StreamReader(answer).ReadToEndAsync());
}
`;
}
