"""What MSAL for Python does: authorization code by form_post, silent refresh, a certificate instead of a secret."""

import msal

from browser import Browser

SCOPES = ["User.Read"]


def run(s):
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
