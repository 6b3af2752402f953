import { comments, SCOPE, type Snippet } from "./snippet";

/**
 * Through Microsoft.Graph.Authentication. Its own sign-in asks another company's server about authorities it does not
 * know, so that it is given a token instead.
 */
export function powershell(snippet: Snippet): string {
  const { origin, tenant, version, method, path, body, headers, notes } = snippet;
  const parts = [`-Method ${method}`, `-Uri ${single(`/${version}${path}`)}`];
  const named = headers.map(({ name, value }) => `${single(name)} = ${single(value)}`);
  if (named.length > 0) parts.push(`-Headers @{ ${named.join("; ")} }`);
  if (body !== null) parts.push("-Body $body", "-ContentType 'application/json'");
  const given = body === null ? "" : `$body = @'\n${body}\n'@\n`;
  return `# Install-Module Microsoft.Graph.Authentication
${comments("#", notes)}
# On Linux PowerShell reads SSL_CERT_FILE; elsewhere add the certificate authority to the system's trusted ones.
$answer = Invoke-RestMethod -Method Post -Uri ${single(`${origin}/${tenant}/oauth2/v2.0/token`)} -Body @{
  grant_type = 'client_credentials'
  client_id = $env:CLIENT_ID
  client_secret = $env:CLIENT_SECRET
  scope = ${single(SCOPE)}
}
$token = ConvertTo-SecureString $answer.access_token -AsPlainText -Force
Add-MgEnvironment -Name Riskgate -AzureADEndpoint ${single(origin)} -GraphEndpoint ${single(origin)}
Connect-MgGraph -Environment Riskgate -AccessToken $token -NoWelcome

${given}Invoke-MgGraphRequest ${parts.join(" `\n  ")} -OutputType Json
`;
}

/** Text in single quotes. */
function single(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
