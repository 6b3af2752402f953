"""The seven steps of the tutorial through azure-identity and msgraph-sdk, and a browser made of httpx."""
import json
import time

from azure.identity.aio import ClientSecretCredential
from kiota_abstractions.api_error import APIError
from msgraph import GraphServiceClient
from msgraph.generated.identity_protection.risk_detections.risk_detections_request_builder import RiskDetectionsRequestBuilder
from msgraph.generated.identity_protection.risky_users.dismiss.dismiss_post_request_body import DismissPostRequestBody
from msgraph.generated.models.conditional_access_applications import ConditionalAccessApplications
from msgraph.generated.models.conditional_access_condition_set import ConditionalAccessConditionSet
from msgraph.generated.models.conditional_access_grant_control import ConditionalAccessGrantControl
from msgraph.generated.models.conditional_access_grant_controls import ConditionalAccessGrantControls
from msgraph.generated.models.conditional_access_policy import ConditionalAccessPolicy
from msgraph.generated.models.conditional_access_policy_state import ConditionalAccessPolicyState
from msgraph.generated.models.conditional_access_users import ConditionalAccessUsers
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.risk_level import RiskLevel
from msgraph.generated.models.user import User

from browser import Browser
from page import one_time_code

TOR = "178.17.170.23"
HOME = "198.51.100.7"
PASSWORD = "Contoso1234"


def graph_client(s):
    credential = ClientSecretCredential(s["TENANT"], s["CLIENT_ID"], s["CLIENT_SECRET"], authority=s["BASE_URL"], disable_instance_discovery=True)
    client = GraphServiceClient(credential, ["https://graph.microsoft.com/.default"])
    client.request_adapter.base_url = s["BASE_URL"] + "/v1.0"
    return client, credential


def risk_policy(name, user_id, control):
    return ConditionalAccessPolicy(
        display_name=name, state=ConditionalAccessPolicyState.Enabled,
        conditions=ConditionalAccessConditionSet(
            sign_in_risk_levels=[RiskLevel.High, RiskLevel.Medium],
            applications=ConditionalAccessApplications(include_applications=["All"]),
            users=ConditionalAccessUsers(include_users=[user_id])),
        grant_controls=ConditionalAccessGrantControls(operator="OR", built_in_controls=[control]))


async def detections(graph, name):
    query = RiskDetectionsRequestBuilder.RiskDetectionsRequestBuilderGetQueryParameters(filter=f"userDisplayName eq '{name}'")
    config = RiskDetectionsRequestBuilder.RiskDetectionsRequestBuilderGetRequestConfiguration(query_parameters=query)
    return (await graph.identity_protection.risk_detections.get(request_configuration=config)).value


async def refused(call):
    try:
        await call
    except APIError as error:
        return error.response_status_code, error.error.code
    raise AssertionError("the call was accepted")


async def run(s):
    graph, credential = graph_client(s)
    try:
        await story(graph, s)
    finally:
        await credential.close()


async def story(graph, s):
    upn = f"MyTestUser1@{s['DOMAIN']}"
    user = await graph.users.post(User(
        account_enabled=True, display_name="MyTestUser1", mail_nickname="MyTestUser1", user_principal_name=upn,
        password_profile=PasswordProfile(force_change_password_next_sign_in=False, password=PASSWORD)))

    # 1: nothing hinders the sign-in, for no policy exists
    first = Browser(s, TOR)
    answer = first.sign_in(upn, PASSWORD)
    assert answer and answer["state"] == "a b+c/ü", (answer, first.response.text)
    tokens = first.redeem(answer["code"]).json()
    assert tokens["access_token"] and tokens["id_token"] and tokens["refresh_token"], tokens
    assert first.redeem(answer["code"]).json()["error"] == "invalid_grant", "a code passes once"
    print("  step 1: signed in from", TOR)

    # 2: the detection is there at once, and risky user and history agree
    [found] = await detections(graph, "MyTestUser1")
    check_detection(found, user, upn)
    risky = await graph.identity_protection.risky_users.by_risky_user_id(user.id).get()
    assert (risky.risk_level, risky.risk_state, risky.risk_detail) == ("medium", "atRisk", "none"), risky
    history = (await graph.identity_protection.risky_users.by_risky_user_id(user.id).history.get()).value
    assert history and history[0].user_id == user.id and history[0].activity.risk_event_types == ["anonymizedIPAddress"], history
    sign_in = await graph.audit_logs.sign_ins.by_sign_in_id(found.request_id).get()
    assert sign_in.correlation_id == found.correlation_id and sign_in.risk_level_during_sign_in == "medium", sign_in
    print("  step 2: anonymizedIPAddress", found.id)

    # a person without a second factor is blocked by a risk policy, never enrolled
    mfa = await graph.identity.conditional_access.policies.post(risk_policy("Risky sign-ins need a code", user.id, ConditionalAccessGrantControl.Mfa))
    assert mfa.modified_date_time is None and mfa.conditions.client_app_types == ["all"] and mfa.conditions.users.exclude_groups == [], mfa
    unregistered = Browser(s, TOR)
    assert unregistered.sign_in(upn, PASSWORD) is None and "53004" in unregistered.page.text, unregistered.response.text

    # 3: the authenticator app is registered from home
    secret = register(s, upn)
    print("  step 3: authenticator registered")

    # 4: the same sign-in asks for a code; wrong ones do not pass, used ones not twice
    risky_browser = Browser(s, TOR)
    assert risky_browser.sign_in(upn, PASSWORD) is None and "code" in risky_browser.page.forms[0]["fields"], risky_browser.response.text
    right = next_code(secret)
    wrong = f"{(int(right) + 1) % 1_000_000:06d}"
    assert risky_browser.submit(code=wrong) is None, "a wrong code does not pass"
    answer = risky_browser.submit(code=right)
    assert answer and "code" in answer, risky_browser.response.text
    newest = (await detections(graph, "MyTestUser1"))[0]
    assert (newest.risk_state, newest.risk_detail, newest.risk_level) == ("remediated", "userPassedMFADrivenByRiskBasedPolicy", "medium"), newest
    again = Browser(s, TOR)
    again.sign_in(upn, PASSWORD)
    assert again.submit(code=right) is None, "a used code does not pass twice"
    print("  step 4: code passed, detection remediated")

    # 5: a policy that blocks
    block = await graph.identity.conditional_access.policies.post(risk_policy("Risky sign-ins are blocked", user.id, ConditionalAccessGrantControl.Block))
    blocked = Browser(s, TOR)
    assert blocked.sign_in(upn, PASSWORD) is None and "53003" in blocked.page.text, blocked.response.text
    for word in (blocked.response.headers["request-id"], "Request", "Correlation", "UTC"):
        assert word in blocked.page.text, (word, blocked.page.text)
    assert "Risky sign-ins are blocked" not in blocked.response.text, "the policy's name is not shown"
    print("  step 5: blocked page with 53003")

    # 6: an administrator dismisses the risk
    body = DismissPostRequestBody(user_ids=[user.id])
    await graph.identity_protection.risky_users.dismiss.post(body)
    risky = await graph.identity_protection.risky_users.by_risky_user_id(user.id).get()
    assert (risky.risk_level, risky.risk_state, risky.risk_detail) == ("none", "dismissed", "adminDismissedAllRiskForUser"), risky
    for d in await detections(graph, "MyTestUser1"):
        assert d.risk_state in ("dismissed", "remediated"), d
    print("  step 6: dismissed")

    # 7: the policies go
    for policy in (mfa, block):
        one = graph.identity.conditional_access.policies.by_conditional_access_policy_id(policy.id)
        await one.delete()
        assert await refused(one.get()) == (404, "ResourceNotFound")
    print("  step 7: policies deleted")


def check_detection(found, user, upn):
    assert found.risk_event_type == "anonymizedIPAddress" and found.ip_address == TOR, found
    assert (found.risk_state, found.risk_level, found.risk_detail) == ("atRisk", "medium", "none"), found
    assert (found.source, found.detection_timing_type, found.activity) == ("IdentityProtection", "realtime", "signin"), found
    assert found.token_issuer_type == "AzureAD" and found.additional_data["riskType"] == "anonymizedIPAddress", found
    assert (found.user_id, found.user_display_name, found.user_principal_name.lower()) == (user.id, "MyTestUser1", upn.lower()), found
    assert found.activity_date_time <= found.detected_date_time <= found.last_updated_date_time, found
    assert {"Key": "userAgent"}.items() <= json.loads(found.additional_info)[0].items(), found.additional_info
    place = found.location
    assert place.city and place.state and place.country_or_region == "MD" and place.geo_coordinates.latitude, place


def register(s, upn):
    """Registers an authenticator at /security-info from a network without risk; returns the secret."""
    browser = Browser(s, HOME)
    browser.go("GET", s["BASE_URL"] + "/security-info/totp")
    browser.submit(username=upn, password=PASSWORD)
    if "totp-secret" not in browser.page.by_id:
        browser.go("GET", s["BASE_URL"] + "/security-info/totp")
    secret = browser.page.by_id["totp-secret"].strip()
    assert "<svg" in browser.response.text, "there is a QR code"
    browser.submit(code=next_code(secret))
    assert browser.response.status_code == 200, browser.response.text
    return secret


_last = {}


def next_code(secret):
    """A code of a step not used before: waits for the next step when need be, as a person must."""
    step = int(time.time()) // 30
    while _last.get(secret) == step:
        time.sleep(0.5)  # a one-time code changes with the clock and with nothing else
        step = int(time.time()) // 30
    _last[secret] = step
    return one_time_code(secret, step * 30)
