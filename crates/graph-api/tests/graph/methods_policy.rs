//! The authentication methods policy: what it is at first, what can be changed, and what is refused.

use axum::http::Method;
use riskgate_directory::{AUTHENTICATION_POLICY_ADMINISTRATOR, SECURITY_READER};
use riskgate_model::{AuthenticationMethodsPolicy, DirectoryAudit};
use serde_json::{Value as Json, json};

use crate::lockout::preferring;
use crate::world::{BASE, UNKNOWN, World};

const POLICY: &str = "/policies/authenticationMethodsPolicy";

fn at(id: &str) -> String {
    format!("{POLICY}/authenticationMethodConfigurations/{id}")
}

async fn token(world: &World) -> String {
    world.user_token(&world.admin, &["Policy.ReadWrite.AuthenticationMethod", "Group.ReadWrite.All"]).await
}

#[tokio::test]
async fn a_tenant_has_one_before_anybody_changes_it() {
    let world = World::new().await;
    let token = token(&world).await;
    let policy = world.get(POLICY, &token).await;
    assert_eq!(policy.status, 200, "{}", policy.text());
    let context = format!("{BASE}/v1.0/$metadata#policies/authenticationMethodsPolicy/$entity");
    assert_eq!(policy.json["@odata.context"], context);
    assert_eq!(policy.json["id"], "authenticationMethodsPolicy");
    assert_eq!(policy.json["systemCredentialPreferences"]["state"], "default");
    let configurations = policy.json["authenticationMethodConfigurations"].as_array().unwrap();
    let states: Vec<_> = configurations
        .iter()
        .map(|own| (own["id"].as_str().unwrap(), own["state"].as_str().unwrap()))
        .collect();
    assert_eq!(
        states,
        [
            ("Fido2", "enabled"),
            ("MicrosoftAuthenticator", "enabled"),
            ("Sms", "disabled"),
            ("TemporaryAccessPass", "disabled"),
            ("SoftwareOath", "enabled"),
            ("Voice", "disabled"),
            ("Email", "enabled"),
        ]
    );
    let list = world.get(&at("").replace("Configurations/", "Configurations"), &token).await;
    let mut sorted = configurations.clone();
    sorted.sort_by_key(|own| own["id"].as_str().unwrap().to_owned());
    assert_eq!(list.json["value"].as_array().unwrap(), &sorted);
    let one = world.get(&at("fido2"), &token).await;
    assert_eq!(one.json["@odata.type"], "#microsoft.graph.fido2AuthenticationMethodConfiguration");
    assert_eq!(
        one.json["includeTargets"],
        json!([{ "id": "all_users", "isRegistrationRequired": false, "targetType": "group" }])
    );
    assert_eq!(world.get(&at("X509Certificate"), &token).await.status, 404);
    assert!(world.all::<AuthenticationMethodsPolicy>().await.is_empty());
}

#[tokio::test]
async fn a_configuration_is_changed_in_part_and_set_back() {
    let world = World::new().await;
    let token = token(&world).await;
    let group = json!({ "displayName": "Pilots", "mailEnabled": false, "mailNickname": "pilots", "securityEnabled": true });
    let group = world.post("/groups", &token, group).await;
    let group = group.json["id"].as_str().unwrap_or_else(|| panic!("{}", group.text())).to_owned();
    let update = json!({
        "@odata.type": "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration",
        "state": "enabled", "isUsableOnce": true, "maximumLifetimeInMinutes": 1440,
        "includeTargets": [{ "@odata.type": "#microsoft.graph.authenticationMethodTarget", "targetType": "group", "id": group, "isRegistrationRequired": false }],
        "excludeTargets": [{ "targetType": "user", "id": world.admin.id }],
    });
    let before = world.get(&at("TemporaryAccessPass"), &token).await.json;
    assert_eq!(world.patch(&at("TemporaryAccessPass"), &token, update).await.status, 204);
    let after = world.get(&at("temporaryAccessPass"), &token).await.json;
    assert_eq!((&after["state"], &after["isUsableOnce"]), (&json!("enabled"), &json!(true)));
    assert_eq!((&after["defaultLength"], &after["maximumLifetimeInMinutes"]), (&json!(8), &json!(1440)));
    assert_eq!(after["includeTargets"][0]["id"], group);
    assert_eq!(after["excludeTargets"], json!([{ "id": world.admin.id, "targetType": "user" }]));
    // Without the type, and what is there already.
    assert_eq!(
        world.patch(&at("TemporaryAccessPass"), &token, json!({ "state": "enabled" })).await.status,
        204
    );
    assert_eq!(world.delete(&at("TemporaryAccessPass"), &token).await.status, 204);
    assert_eq!(world.get(&at("TemporaryAccessPass"), &token).await.json, before);
    let mut audits: Vec<DirectoryAudit> = world.all().await;
    audits.retain(|audit| audit.activity_display_name.contains("authentication method configuration"));
    audits.sort_by_key(|audit| audit.activity_display_name.clone());
    let activities: Vec<_> = audits.iter().map(|audit| audit.activity_display_name.as_str()).collect();
    assert_eq!(
        activities,
        ["Reset authentication method configuration", "Update authentication method configuration"]
    );
    let properties = &audits[1].target_resources[0].modified_properties;
    let names: Vec<_> = properties.iter().filter_map(|property| property.display_name.as_deref()).collect();
    assert_eq!(names, ["authenticationMethodConfigurations/TemporaryAccessPass"]);
}

#[tokio::test]
async fn what_is_wrong_or_not_enforced_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let token = token(&world).await;
    let target = |more: Json| {
        let mut target = json!({ "id": "all_users", "targetType": "group", "isRegistrationRequired": false });
        target.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        json!({ "includeTargets": [target] })
    };
    for (id, update, text) in [
        ("Fido2", json!({ "isAttestationEnforced": true }), "not enforced"),
        ("Fido2", json!({ "keyRestrictions": { "isEnforced": true } }), "not enforced"),
        ("Fido2", target(json!({ "isRegistrationRequired": true })), "not enforced"),
        ("Fido2", target(json!({ "id": UNKNOWN })), UNKNOWN),
        ("Fido2", target(json!({ "id": "everybody" })), "everybody"),
        ("Fido2", target(json!({ "isUsableForSignIn": true })), "isUsableForSignIn"),
        ("Fido2", json!({ "includeTargets": "all" }), "/includeTargets"),
        ("Fido2", json!({ "includeTargets": [{ "id": "all_users" }] }), "not valid"),
        ("Fido2", json!({ "excludeTargets": [{ "id": world.admin.id, "targetType": "group" }] }), "no group"),
        (
            "Fido2",
            json!({ "excludeTargets": vec![json!({ "id": "all_users", "targetType": "group" }); 101] }),
            "at most 100",
        ),
        ("Fido2", json!({ "state": "on" }), "/state"),
        ("Fido2", json!({ "id": "Other" }), "read-only"),
        ("Fido2", json!({ "defaultLength": 8 }), "defaultLength"),
        ("Fido2", json!({ "@odata.type": "#microsoft.graph.smsAuthenticationMethodConfiguration" }), "kind"),
        ("Sms", target(json!({ "isUsableForSignIn": true })), "never the first"),
        ("Sms", json!({ "state": "enabled" }), "text messages"),
        ("Voice", json!({ "state": "enabled" }), "calls"),
        ("Email", json!({ "allowExternalIdToUseEmailOtp": "enabled" }), "guests"),
        ("MicrosoftAuthenticator", json!({ "isSoftwareOathEnabled": true }), "SoftwareOath"),
        (
            "MicrosoftAuthenticator",
            target(json!({ "authenticationMode": "deviceBasedPush" })),
            "deviceBasedPush",
        ),
        ("TemporaryAccessPass", json!({ "defaultLength": 7 }), "8 to 48"),
        ("TemporaryAccessPass", json!({ "minimumLifetimeInMinutes": 9 }), "43200"),
        ("TemporaryAccessPass", json!({ "defaultLifetimeInMinutes": 481 }), "grow smaller"),
        ("TemporaryAccessPass", json!({ "isUsableOnce": null }), "isUsableOnce"),
    ] {
        let reply = world.patch(&at(id), &token, update.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{id} {update}");
        assert!(reply.message().contains(text), "{update}: {}", reply.message());
    }
    let campaign =
        json!({ "excludeTargets": [], "includeTargets": [], "snoozeDurationInDays": 1, "state": "enabled" });
    for (update, text) in [
        (json!({ "displayName": "Ours" }), "read-only"),
        (json!({ "reconfirmationInDays": 30 }), "not enforced"),
        (json!({ "policyMigrationState": "preMigration" }), "migrationComplete"),
        (
            json!({ "registrationEnforcement": { "authenticationMethodsRegistrationCampaign": campaign } }),
            "campaign",
        ),
        (
            json!({ "systemCredentialPreferences": { "includeTargets": [{ "id": UNKNOWN, "targetType": "group" }] } }),
            "cannot be changed",
        ),
        (json!({ "systemCredentialPreferences": { "state": "disabled" } }), "strongest method"),
        (json!({ "systemCredentialPreferences": null }), "cannot be changed"),
        (json!({ "systemCredentialPreferences": { "state": "sometimes" } }), "state"),
        (json!({ "authenticationMethodConfigurations": [{}] }), "cannot be changed here"),
        (json!({ "noSuch": 1 }), "noSuch"),
    ] {
        let reply = world.patch(POLICY, &token, update.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{update}");
        assert!(reply.message().contains(text), "{update}: {}", reply.message());
    }
    assert_eq!(world.patch(&at("X509Certificate"), &token, json!({})).await.status, 404);
    assert!(world.all::<AuthenticationMethodsPolicy>().await.is_empty());
}

#[tokio::test]
async fn what_was_read_may_be_sent_back() {
    let world = World::new().await;
    let token = token(&world).await;
    let mut read = world.get(POLICY, &token).await.json;
    let configurations = read.as_object_mut().unwrap().remove("authenticationMethodConfigurations").unwrap();
    assert_eq!(world.patch(POLICY, &token, read).await.status, 204);
    for own in configurations.as_array().unwrap() {
        let id = own["id"].as_str().unwrap();
        assert_eq!(world.patch(&at(id), &token, own.clone()).await.status, 204, "{id}");
    }
}

#[tokio::test]
async fn the_last_method_for_a_second_factor_goes_only_if_it_is_meant() {
    let world = World::new().await;
    let token = token(&world).await;
    let off = json!({ "state": "disabled" });
    for id in ["MicrosoftAuthenticator", "SoftwareOath"] {
        assert_eq!(world.patch(&at(id), &token, off.clone()).await.status, 204);
    }
    let refused = world.patch(&at("Fido2"), &token, off.clone()).await;
    assert_eq!(refused.status, 400);
    assert!(refused.message().contains("Prefer: riskgate.allow-lockout"), "{}", refused.message());
    let refused = world.patch(&at("Fido2"), &token, json!({ "includeTargets": [] })).await;
    assert_eq!(refused.status, 400);
    let meant = preferring(&world, Method::PATCH, &at("Fido2"), "riskgate.allow-lockout", &off).await;
    assert_eq!(meant.status, 204, "{}", meant.text());
}

#[tokio::test]
async fn readers_read_and_the_administrator_of_these_policies_writes() {
    let world = World::new().await;
    let scopes = ["Policy.ReadWrite.AuthenticationMethod"];
    let reader = world.user("reader", &[SECURITY_READER]).await;
    let reader = world.user_token(&reader, &scopes).await;
    let writer = world.user("writer", &[AUTHENTICATION_POLICY_ADMINISTRATOR]).await;
    let writer = world.user_token(&writer, &scopes).await;
    let nobody = world.user("nobody", &[]).await;
    let nobody = world.user_token(&nobody, &scopes).await;
    let read_only = world.user_token(&world.admin, &["Policy.Read.All"]).await;
    let off = json!({ "state": "disabled" });
    for (who, token, reads, writes) in [
        ("reader", &reader, 200, 403),
        ("writer", &writer, 200, 204),
        ("nobody", &nobody, 403, 403),
        ("read only", &read_only, 200, 403),
    ] {
        assert_eq!(world.get(POLICY, token).await.status.as_u16(), reads, "{who}");
        assert_eq!(world.patch(&at("Email"), token, off.clone()).await.status.as_u16(), writes, "{who}");
        assert_eq!(world.patch(POLICY, token, json!({})).await.status.as_u16(), writes, "{who}");
    }
}
