"""Conditional Access through msgraph-sdk: tried with What If, enforced at the pages, explained afterwards."""
import httpx
from msgraph.generated.identity.conditional_access.evaluate.evaluate_post_request_body import EvaluatePostRequestBody
from msgraph.generated.models.application_context import ApplicationContext
from msgraph.generated.models.authentication_context_class_reference import AuthenticationContextClassReference
from msgraph.generated.models.authentication_strength_policy import AuthenticationStrengthPolicy
from msgraph.generated.models.conditional_access_applications import ConditionalAccessApplications
from msgraph.generated.models.conditional_access_condition_set import ConditionalAccessConditionSet
from msgraph.generated.models.conditional_access_device_platform import ConditionalAccessDevicePlatform
from msgraph.generated.models.conditional_access_grant_control import ConditionalAccessGrantControl
from msgraph.generated.models.conditional_access_grant_controls import ConditionalAccessGrantControls
from msgraph.generated.models.conditional_access_locations import ConditionalAccessLocations
from msgraph.generated.models.conditional_access_platforms import ConditionalAccessPlatforms
from msgraph.generated.models.conditional_access_policy import ConditionalAccessPolicy
from msgraph.generated.models.conditional_access_policy_state import ConditionalAccessPolicyState
from msgraph.generated.models.conditional_access_users import ConditionalAccessUsers
from msgraph.generated.models.i_pv4_cidr_range import IPv4CidrRange
from msgraph.generated.models.ip_named_location import IpNamedLocation
from msgraph.generated.models.password_profile import PasswordProfile
from msgraph.generated.models.sign_in_conditions import SignInConditions
from msgraph.generated.models.user import User
from msgraph.generated.models.user_sign_in import UserSignIn

from browser import Browser
from story import HOME, PASSWORD, graph_client, refused

GRAPH = "00000003-0000-0000-c000-000000000000"
ELSEWHERE = "203.0.113.50"
PHISHING_RESISTANT = "00000000-0000-0000-0000-000000000004"


def policy(name, user, controls, operator="OR", strength=None, **conditions):
    grant = ConditionalAccessGrantControls(operator=operator, built_in_controls=controls)
    if strength:
        grant.authentication_strength = AuthenticationStrengthPolicy(id=strength)
    applications = conditions.pop("applications", None) or ConditionalAccessApplications(include_applications=["All"])
    return ConditionalAccessPolicy(
        display_name=name, state=ConditionalAccessPolicyState.Enabled, grant_controls=grant,
        conditions=ConditionalAccessConditionSet(users=ConditionalAccessUsers(include_users=[user.id]), applications=applications, **conditions))


def what_if(user, **conditions):
    return EvaluatePostRequestBody(
        sign_in_identity=UserSignIn(user_id=user.id, odata_type="#microsoft.graph.userSignIn"),
        sign_in_context=ApplicationContext(include_applications=[GRAPH], odata_type="#microsoft.graph.applicationContext"),
        sign_in_conditions=SignInConditions(**conditions))


async def applies(graph, body):
    """Which policies apply, by name, with the first reason of each."""
    answer = await graph.identity.conditional_access.evaluate.post(body)
    return {result.display_name: (result.policy_applies, [str(reason.value) for reason in result.analysis_reasons]) for result in answer.value}


async def run(s):
    graph, credential = graph_client(s)
    try:
        user = await new_user(graph, s, "Policies")
        await tried_before_it_is_enforced(graph, s, user, credential)
        await strengths_and_contexts(graph, user)
    finally:
        await credential.close()


async def new_user(graph, s, name):
    return await graph.users.post(User(
        account_enabled=True, display_name=name, mail_nickname=name, user_principal_name=f"{name}@{s['DOMAIN']}",
        password_profile=PasswordProfile(force_change_password_next_sign_in=False, password=PASSWORD)))


async def tried_before_it_is_enforced(graph, s, user, credential):
    access = graph.identity.conditional_access
    office = await access.named_locations.post(IpNamedLocation(
        odata_type="#microsoft.graph.ipNamedLocation", display_name="Office", is_trusted=True,
        ip_ranges=[IPv4CidrRange(odata_type="#microsoft.graph.iPv4CidrRange", cidr_address=f"{HOME}/32")]))
    report_only = policy("Only from the office", user, [ConditionalAccessGrantControl.Block], locations=ConditionalAccessLocations(
        include_locations=["All"], exclude_locations=[office.id]))
    report_only.state = ConditionalAccessPolicyState.EnabledForReportingButNotEnforced
    made = await access.policies.post(report_only)
    windows = await access.policies.post(policy("Windows", user, [ConditionalAccessGrantControl.Mfa], platforms=ConditionalAccessPlatforms(
        include_platforms=[ConditionalAccessDevicePlatform.Windows])))
    here = await applies(graph, what_if(user, ip_address=HOME, device_platform=ConditionalAccessDevicePlatform.Linux))
    assert here == {"Only from the office": (False, ["location"]), "Windows": (False, ["devicePlatform"])}, here
    away = await applies(graph, what_if(user, ip_address=ELSEWHERE, device_platform=ConditionalAccessDevicePlatform.Linux))
    assert away["Only from the office"][0] and not away["Windows"][0], away
    await access.policies.by_conditional_access_policy_id(windows.id).delete()
    print("  What If: applies elsewhere, not in the office")

    # report-only changes nothing, and says what it would do
    browser = Browser(s, ELSEWHERE)
    assert browser.sign_in(user.user_principal_name, PASSWORD), browser.page.text
    await access.policies.by_conditional_access_policy_id(made.id).patch(
        ConditionalAccessPolicy(state=ConditionalAccessPolicyState.Enabled))
    blocked = Browser(s, ELSEWHERE)
    assert blocked.sign_in(user.user_principal_name, PASSWORD) is None and "53003" in blocked.page.text, blocked.response.text
    request_id = blocked.response.headers["request-id"]
    explained = explain(s, credential, request_id)
    assert explained["result"] == "blocked" and explained["errorCode"] == 53003, explained
    assert [change for [change] in explained["smallestChanges"] if change["change"] == "fromLocation"][0]["displayName"] == "Office", explained
    [why] = [one for one in explained["policies"] if one["displayName"] == "Only from the office"]
    assert why["result"] == "failure" and "location" in why["conditionsSatisfied"], why
    at_home = Browser(s, HOME)
    assert at_home.sign_in(user.user_principal_name, PASSWORD), at_home.page.text
    print("  enforced at the next sign-in, and explained with the way out")


def explain(s, credential, sign_in_id):
    """The explanation is an annotation, which the SDK has no property for."""
    token = httpx.post(f"{s['BASE_URL']}/{s['TENANT']}/oauth2/v2.0/token", verify=s["CA_FILE"], data={
        "grant_type": "client_credentials", "client_id": s["CLIENT_ID"], "client_secret": s["CLIENT_SECRET"],
        "scope": "https://graph.microsoft.com/.default"}).json()["access_token"]
    answer = httpx.get(f"{s['BASE_URL']}/v1.0/auditLogs/signIns/{sign_in_id}", verify=s["CA_FILE"], headers={
        "Authorization": f"Bearer {token}", "Prefer": 'odata.include-annotations="riskgate.*"'})
    assert answer.status_code == 200, answer.text
    return answer.json()["@riskgate.conditionalAccess"]


async def strengths_and_contexts(graph, user):
    strengths = await graph.policies.authentication_strength_policies.get()
    assert {PHISHING_RESISTANT} <= {one.id for one in strengths.value}, strengths
    made = await graph.identity.conditional_access.policies.post(policy("Phishing resistant", user, [], strength=PHISHING_RESISTANT,
        applications=ConditionalAccessApplications(include_authentication_context_class_references=["c7"])))
    assert made.grant_controls.authentication_strength.display_name, made
    context = graph.identity.conditional_access.authentication_context_class_references.by_authentication_context_class_reference_id("c7")
    await context.patch(AuthenticationContextClassReference(id="c7", display_name="Transfers", is_available=True))
    assert (await context.get()).display_name == "Transfers"
    status, _ = await refused(context.delete())
    assert status == 400, "a context that a policy names stays"
    usage = await graph.policies.authentication_strength_policies.by_authentication_strength_policy_id(PHISHING_RESISTANT).usage.get()
    assert [one.id for one in usage.mfa or []] == [made.id], usage
    print("  strengths and contexts")
