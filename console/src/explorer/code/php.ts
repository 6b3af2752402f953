import { comments, hasHeader, SCOPE, type Snippet } from "./snippet";

/** Through microsoft/microsoft-graph 2, whose own sign-in knows Microsoft's clouds only: it is given another one. */
export function php(snippet: Snippet): string {
  const { origin, hostname, tenant, version, method, url, body, headers, notes } = snippet;
  const oauth = `${origin}/${tenant}/oauth2/v2.0`;
  const lines: string[] = [];
  if (!hasHeader(headers, "accept")) lines.push("$request->addHeader('Accept', 'application/json');");
  for (const { name, value } of headers) lines.push(`$request->addHeader(${single(name)}, ${single(value)});`);
  if (body !== null) {
    lines.push(`$body = <<<'JSON'\n${body}\nJSON;`);
    lines.push("$request->setStreamContent(Utils::streamFor($body), 'application/json');");
  }
  return `<?php
// composer require microsoft/microsoft-graph
${comments("//", notes)}
// PHP reads the certificate authority from openssl.cafile:  php -d openssl.cafile="$CA_FILE" -d curl.cainfo="$CA_FILE" request.php
require 'vendor/autoload.php';

use GuzzleHttp\\Psr7\\Utils;
use League\\OAuth2\\Client\\Provider\\GenericProvider;
use Microsoft\\Graph\\GraphRequestAdapter;
use Microsoft\\Kiota\\Abstractions\\Authentication\\BaseBearerTokenAuthenticationProvider;
use Microsoft\\Kiota\\Abstractions\\RequestInformation;
use Microsoft\\Kiota\\Authentication\\Oauth\\ClientCredentialContext;
use Microsoft\\Kiota\\Authentication\\PhpLeagueAccessTokenProvider;
use Psr\\Http\\Message\\StreamInterface;

$clientId = getenv('CLIENT_ID');
$secret = getenv('CLIENT_SECRET');
$oauth = new GenericProvider([
    'clientId' => $clientId,
    'clientSecret' => $secret,
    'urlAuthorize' => ${single(`${oauth}/authorize`)},
    'urlAccessToken' => ${single(`${oauth}/token`)},
    'urlResourceOwnerDetails' => '',
]);
$tokens = new PhpLeagueAccessTokenProvider(
    new ClientCredentialContext(${single(tenant)}, $clientId, $secret),
    [${single(SCOPE)}],
    [${single(hostname)}],
    $oauth
);
$adapter = new GraphRequestAdapter(new BaseBearerTokenAuthenticationProvider($tokens));
$adapter->setBaseUrl(${single(`${origin}/${version}`)});

$request = new RequestInformation();
$request->httpMethod = ${single(method)};
$request->setUri(${single(url)});
${lines.join("\n")}
$answer = $adapter->sendPrimitiveAsync($request, StreamInterface::class)->wait();
if ($answer !== null) {
    echo $answer->getContents(), "\\n";
}
`;
}

/** Text in single quotes. */
function single(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}
