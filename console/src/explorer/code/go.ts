import { comments, hasHeader, quoted, SCOPE, type Snippet } from "./snippet";

/** Through azidentity and the request adapter of the Graph SDK. Indented with tabs, as gofmt has it. */
export function go(snippet: Snippet): string {
  const { origin, hostname, tenant, version, method, url, body, headers, notes } = snippet;
  const lines: string[] = [];
  if (!hasHeader(headers, "accept")) lines.push('request.Headers.Add("Accept", "application/json")');
  for (const { name, value } of headers) lines.push(`request.Headers.Add(${quoted(name)}, ${quoted(value)})`);
  if (body !== null) {
    const written = body.includes("`") ? quoted(body) : `\`${body}\``;
    lines.push(`request.SetStreamContentAndContentType([]byte(${written}), "application/json")`);
  }
  return `${comments("//", notes)}
// On Linux Go reads SSL_CERT_FILE:  SSL_CERT_FILE="$CA_FILE" go run .
package main

import (
	"context"
	"fmt"
	"log"
	"net/url"
	"os"

	"github.com/Azure/azure-sdk-for-go/sdk/azcore"
	"github.com/Azure/azure-sdk-for-go/sdk/azcore/cloud"
	"github.com/Azure/azure-sdk-for-go/sdk/azidentity"
	abstractions "github.com/microsoft/kiota-abstractions-go"
	authentication "github.com/microsoft/kiota-authentication-azure-go"
	graphcore "github.com/microsoftgraph/msgraph-sdk-go-core"
)

func main() {
	credential, err := azidentity.NewClientSecretCredential(
		${quoted(tenant)}, os.Getenv("CLIENT_ID"), os.Getenv("CLIENT_SECRET"),
		&azidentity.ClientSecretCredentialOptions{
			ClientOptions: azcore.ClientOptions{
				Cloud: cloud.Configuration{ActiveDirectoryAuthorityHost: ${quoted(`${origin}/`)}},
			},
			DisableInstanceDiscovery: true,
		})
	check(err)
	provider, err := authentication.NewAzureIdentityAuthenticationProviderWithScopesAndValidHosts(
		credential, []string{${quoted(SCOPE)}}, []string{${quoted(hostname)}})
	check(err)
	// msgraphsdk.NewGraphServiceClient takes this adapter's sibling, NewGraphRequestAdapter, made in the same way.
	adapter, err := graphcore.NewGraphRequestAdapterBase(provider, graphcore.GraphClientOptions{})
	check(err)
	adapter.SetBaseUrl(${quoted(`${origin}/${version}`)})

	address, err := url.Parse(${quoted(url)})
	check(err)
	request := abstractions.NewRequestInformation()
	request.Method = abstractions.${method}
	request.SetUri(*address)
	${lines.join("\n\t")}
	answer, err := adapter.SendPrimitive(context.Background(), request, "[]byte", nil)
	check(err)
	if bytes, ok := answer.([]byte); ok {
		fmt.Println(string(bytes))
	}
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
`;
}
