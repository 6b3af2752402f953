"""What MSAL for Python and azure-identity do: authorization code by form_post, silent refresh, device code."""

import secrets

import httpx
import msal
from azure.core import PipelineClient
from azure.core.credentials import AccessToken
from azure.core.pipeline.policies import BearerTokenCredentialPolicy
from azure.core.rest import HttpRequest
from azure.identity import ClientSecretCredential, DeviceCodeCredential

from browser import Browser

SCOPES = ["User.Read"]


def run(s):
    form_post(s)
    device_code(s)
    device_code_credential(s)
    claims_challenge(s)


def form_post(s):
    authority = f"{s['BASE_URL']}/{s['TENANT']}"
    app = msal.PublicClientApplication(s["PUBLIC_CLIENT_ID"], authority=authority, instance_discovery=False)
    flow = app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:4711", response_mode="form_post")
    browser = Browser(s, "198.51.100.20")
    browser.go("GET", flow["auth_uri"])
    browser.submit(username=s["ADMIN"], password=s["ADMIN_PASSWORD"])
    [form] = [f for f in browser.page.forms if "code" in f["fields"] and "state" in f["fields"]]
    assert form["action"].startswith("http://localhost:4711"), form
    result = app.acquire_token_by_auth_code_flow(flow, form["fields"])
    assert result.get("access_token"), result
    [account] = app.get_accounts()
    assert account["username"].lower() == s["ADMIN"].lower(), account
    assert app.acquire_token_silent(SCOPES, account)["token_source"] == "cache"
    renewed = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    assert renewed["token_source"] == "identity_provider" and renewed["access_token"] != result["access_token"], renewed
    print("  MSAL: form_post, cache and refresh")


def enter(s, page, code, decision):
    """A person at another browser enters the code, signs in and decides."""
    browser = Browser(s, "198.51.100.21")
    browser.go("GET", page)
    browser.submit(user_code=code)
    browser.submit(username=s["ADMIN"], password=s["ADMIN_PASSWORD"])
    if "permissions" in browser.page.text.lower():
        browser.submit(flow=browser.page.forms[0]["fields"]["flow"], decision="accept")
    assert browser.page.by_id["application"] == "Story in a browser", browser.page.text
    browser.submit(flow=browser.page.forms[0]["fields"]["flow"], decision=decision)
    return browser.page.text


def device_code(s):
    app = msal.PublicClientApplication(s["PUBLIC_CLIENT_ID"], authority=f"{s['BASE_URL']}/{s['TENANT']}", instance_discovery=False)
    flow = app.initiate_device_flow(SCOPES)
    assert flow["user_code"] in flow["message"], flow
    once = app.acquire_token_by_device_flow(flow, exit_condition=lambda _: True)
    assert once["error"] == "authorization_pending", once
    assert "signed in on your device" in enter(s, flow["verification_uri"], flow["user_code"], "accept")
    result = app.acquire_token_by_device_flow(flow)
    assert result.get("access_token"), result
    [account] = app.get_accounts()
    renewed = app.acquire_token_silent(SCOPES, account, force_refresh=True)
    assert renewed["token_source"] == "identity_provider", renewed
    flow = app.initiate_device_flow(SCOPES)
    assert "Nothing was signed in" in enter(s, flow["verification_uri"], flow["user_code"], "decline")
    declined = app.acquire_token_by_device_flow(flow)
    assert declined["error"] == "authorization_declined", declined
    print("  MSAL: device code approved, refreshed and declined")


def device_code_credential(s):
    # The prompt is where a program tells the person what to do; here the person does it at once.
    credential = DeviceCodeCredential(
        client_id=s["PUBLIC_CLIENT_ID"], tenant_id=s["TENANT"], authority=s["BASE_URL"], disable_instance_discovery=True,
        prompt_callback=lambda page, code, _: enter(s, page, code, "accept"))
    token = credential.get_token("https://graph.microsoft.com/User.Read")
    assert token.token
    print("  azure-identity: DeviceCodeCredential")


class Challenged:
    """A credential as a program writes it: MSAL's cache, and a person at a browser when claims are asked for."""

    def __init__(self, s, user, password):
        self.settings, self.user, self.password, self.claims, self.error = s, user, password, None, None
        self.app = msal.PublicClientApplication(
            s["PUBLIC_CLIENT_ID"], authority=f"{s['BASE_URL']}/{s['TENANT']}", instance_discovery=False, client_capabilities=["cp1"])

    def sign_in(self, claims=None):
        flow = self.app.initiate_auth_code_flow(SCOPES, redirect_uri="http://localhost:4711", claims_challenge=claims)
        browser = Browser(self.settings, "198.51.100.22")
        browser.go("GET", flow["auth_uri"])
        answer = browser.submit(username=self.user, password=self.password)
        if answer is None:
            answer = browser.submit(flow=browser.page.forms[0]["fields"]["flow"], decision="accept")
        result = self.app.acquire_token_by_auth_code_flow(flow, answer)
        assert result.get("access_token"), result

    def get_token(self, *scopes, claims=None, **_):
        [account] = self.app.get_accounts()
        if claims:
            self.claims = claims
            self.error = self.app.acquire_token_silent_with_error(SCOPES, account, claims_challenge=claims)
            self.sign_in(claims)
            [account] = self.app.get_accounts()
        result = self.app.acquire_token_silent(SCOPES, account)
        return AccessToken(result["access_token"], 2**40)


def claims_challenge(s):
    """Sessions are revoked while a program has a good token: Graph challenges, azure-core understands, the person signs in
    again, and the same request succeeds."""
    admin = ClientSecretCredential(s["TENANT"], s["CLIENT_ID"], s["CLIENT_SECRET"], authority=s["BASE_URL"], disable_instance_discovery=True)
    token = admin.get_token("https://graph.microsoft.com/.default").token
    graph = httpx.Client(base_url=f"{s['BASE_URL']}/v1.0", verify=s["CA_FILE"], headers={"Authorization": f"Bearer {token}"})
    user, password = f"challenged@{s['DOMAIN']}", "Ch4llenged-" + secrets.token_urlsafe(12)
    made = graph.post("/users", json={
        "accountEnabled": True, "displayName": "Challenged", "mailNickname": "challenged", "userPrincipalName": user,
        "passwordProfile": {"password": password, "forceChangePasswordNextSignIn": False}})
    assert made.status_code == 201, made.text
    credential = Challenged(s, user, password)
    credential.sign_in()
    client = PipelineClient(s["BASE_URL"], policies=[BearerTokenCredentialPolicy(credential, "User.Read")])
    me = HttpRequest("GET", f"{s['BASE_URL']}/v1.0/me")
    assert client.send_request(me).status_code == 200
    revoked = graph.post(f"/users/{user}/revokeSignInSessions")
    assert revoked.status_code == 200, revoked.text
    assert client.send_request(me).status_code == 200
    assert '"nbf"' in credential.claims, credential.claims
    assert credential.error["error"] == "invalid_grant" and credential.error["suberror"] == "bad_token", credential.error
    print("  azure-core and MSAL: a claims challenge of Graph answered")
