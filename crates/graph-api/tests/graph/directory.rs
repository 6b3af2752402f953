//! Users, groups, roles, applications, the organization, authentication methods.

use riskgate_model::AuthenticationMethodKind;
use riskgate_store::records::{ApprovalPhone, AuthenticationMethod, PasskeyCredential, UserCredential};
use serde_json::{Value as Json, json};

use crate::world::{BASE, BREACHED, UNKNOWN, World};

const HELPDESK_ADMINISTRATOR_ID: &str = "729827e3-9c14-49f7-bb1b-9608f156bbb8";
const SECURITY_READER_ID: &str = "5d6b6bb7-de71-4623-b4af-96380a352509";
const USER_ADMINISTRATOR_ID: &str = "fe930be7-5e62-47db-91af-98c3a49a38b1";

fn new_user(name: &str) -> Json {
    json!({
        "@odata.type": "#microsoft.graph.user", "accountEnabled": true, "displayName": name, "mailNickname": name,
        "userPrincipalName": format!("{name}@contoso.com"), "passwordProfile": { "password": "Contoso1234" },
    })
}

#[tokio::test]
async fn a_user_is_created_found_changed_and_deleted() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post("/users", &token, new_user("MyTestUser1")).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(made.json["@odata.context"], format!("{BASE}/v1.0/$metadata#users/$entity"));
    let mut names: Vec<&str> = made.json.as_object().unwrap().keys().map(String::as_str).collect();
    names.sort_unstable();
    assert_eq!(
        names,
        [
            "@odata.context",
            "businessPhones",
            "displayName",
            "givenName",
            "id",
            "jobTitle",
            "mail",
            "mobilePhone",
            "officeLocation",
            "preferredLanguage",
            "surname",
            "userPrincipalName",
        ]
    );
    let id = made.json["id"].as_str().unwrap();
    let by_name = world.get("/users/mytestuser1@contoso.com", &token).await;
    assert_eq!(by_name.json, made.json);
    let selected = world.get(&format!("/users('{id}')?$select=accountEnabled,passwordProfile"), &token).await;
    assert_eq!(
        (&selected.json["accountEnabled"], &selected.json["passwordProfile"]),
        (&json!(true), &json!(null))
    );
    let again = world.post("/users", &token, new_user("MyTestUser1")).await;
    assert_eq!((again.status.as_u16(), again.code()), (400, "Request_BadRequest"));
    assert_eq!(again.json["error"]["details"][0]["code"], "ObjectConflict");
    assert_eq!(
        again.message(),
        "Another object with the same value for property userPrincipalName already exists."
    );
    let path = format!("/users/{id}");
    assert_eq!(
        world
            .patch(&path, &token, json!({ "jobTitle": "Tester", "@odata.type": "#microsoft.graph.user" }))
            .await
            .status,
        204
    );
    assert_eq!(world.get(&path, &token).await.json["jobTitle"], "Tester");
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.get(&path, &token).await.code(), "Request_ResourceNotFound");
    assert_eq!(world.delete(&path, &token).await.code(), "Request_ResourceNotFound");
    let deleted = world.get("/directory/deletedItems/microsoft.graph.user", &token).await;
    assert_eq!(deleted.ids(), [id]);
    let one = world.get(&format!("/directory/deletedItems/{id}"), &token).await;
    assert_eq!(one.json["@odata.type"], "#microsoft.graph.user");
    assert_eq!(world.delete(&format!("/directory/deletedItems/{id}"), &token).await.status, 204);
    assert_eq!(world.get(&format!("/directory/deletedItems/{id}"), &token).await.status, 404);
}

#[tokio::test]
async fn a_new_user_needs_what_the_contract_says() {
    let world = World::new().await;
    let token = world.admin_token().await;
    for property in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName", "passwordProfile"]
    {
        let mut body = new_user("a");
        body.as_object_mut().unwrap().remove(property);
        let reply = world.post("/users", &token, body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"));
        assert_eq!(
            reply.message(),
            format!("A value is required for property '{property}' of resource 'User'.")
        );
    }
    for (name, value) in [
        ("userPrincipalName", json!("a@example.org")),
        ("passwordProfile", json!({ "password": "short" })),
        ("passwordProfile", json!({ "password": "P@ssw0rd12" })),
        ("passwordProfile", json!({ "password": BREACHED })),
        ("passwordProfile", json!({ "password": 5 })),
        (
            "passwordProfile",
            json!({ "password": "Contoso1234", "forceChangePasswordNextSignInWithMfa": true }),
        ),
        ("noSuchProperty", json!(1)),
        ("accountEnabled", json!("true")),
        ("createdDateTime", json!("2026-01-01T00:00:00Z")),
    ] {
        let mut body = new_user("a");
        body[name] = value;
        let reply = world.post("/users", &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"), "{body}");
    }
    assert_eq!(world.get("/users/$count", &token).await.text(), "1");
}

#[tokio::test]
async fn a_password_that_is_known_from_breaches_is_refused_and_the_old_one_stays() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post("/users", &token, new_user("megan")).await;
    let id = made.json["id"].as_str().unwrap();
    let before = world.all::<UserCredential>().await;
    let body = json!({ "passwordProfile": { "password": BREACHED } });
    let reply = world.patch(&format!("/users/{id}"), &token, body).await;
    assert_eq!((reply.status.as_u16(), reply.code()), (400, "Request_BadRequest"));
    assert_eq!(
        reply.message(),
        "The specified password is known from data breaches and cannot be used. Please provide a different password."
    );
    assert_eq!(world.all::<UserCredential>().await, before);
}

#[tokio::test]
async fn passwords_are_set_and_never_shown() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let made = world.post("/users", &token, new_user("megan")).await;
    let id = made.json["id"].as_str().unwrap();
    let credential =
        || async { world.all::<UserCredential>().await.into_iter().find(|c| c.id == id).unwrap() };
    assert!(!credential().await.must_change);
    let first = credential().await.password_hash;
    let set = json!({ "passwordProfile": { "password": "Fabrikam567890" } });
    assert_eq!(world.patch(&format!("/users/{id}"), &token, set.clone()).await.status, 204);
    let changed = credential().await;
    assert!(changed.must_change, "a password somebody else set is changed at the next sign-in");
    assert!(changed.password_hash.starts_with("$argon2id$") && changed.password_hash != first);
    let kept = json!({ "passwordProfile": { "password": "Fabrikam567890", "forceChangePasswordNextSignIn": false } });
    assert_eq!(world.patch(&format!("/users/{id}"), &token, kept).await.status, 204);
    assert!(!credential().await.must_change);
    let without = world.user_token(&world.admin, &["User.ReadWrite.All"]).await;
    let refused = world.patch(&format!("/users/{id}"), &without, set).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (403, "Authorization_RequestDenied"));
    let audits = world.get("/auditLogs/directoryAudits", &token).await;
    assert!(!audits.text().contains("Fabrikam") && !audits.text().contains("argon2id"));
}

#[tokio::test]
async fn a_helper_cannot_become_or_lock_out_an_administrator() {
    let world = World::new().await;
    let helpdesk = world.user("helpdesk", &[HELPDESK_ADMINISTRATOR_ID]).await;
    let manager = world.user("manager", &[USER_ADMINISTRATOR_ID]).await;
    let reader = world.user("reader", &[SECURITY_READER_ID]).await;
    let member = world.user("member", &[]).await;
    let scopes = [
        "User.ReadWrite.All",
        "User-PasswordProfile.ReadWrite.All",
        "User.RevokeSessions.All",
        "UserAuthenticationMethod.ReadWrite.All",
    ];
    let helpdesk = world.user_token(&helpdesk, &scopes).await;
    let manager = world.user_token(&manager, &scopes).await;
    let application = world.app_token(&scopes).await;
    let password = json!({ "passwordProfile": { "password": "Fabrikam5678" } });
    for target in [&world.admin, &reader] {
        let path = format!("/users/{}", target.id);
        for token in [&helpdesk, &manager, &application] {
            assert_eq!(world.patch(&path, token, password.clone()).await.status, 403);
            assert_eq!(world.patch(&path, token, json!({ "accountEnabled": false })).await.status, 403);
            assert_eq!(
                world.patch(&path, token, json!({ "userPrincipalName": "x@contoso.com" })).await.status,
                403
            );
            assert_eq!(world.delete(&path, token).await.status, 403);
            let revoke = world
                .send(axum::http::Method::POST, &format!("{path}/revokeSignInSessions"), token, None)
                .await;
            assert_eq!(revoke.status, 403);
        }
    }
    let path = format!("/users/{}", member.id);
    assert_eq!(world.patch(&path, &helpdesk, password.clone()).await.status, 204);
    assert_eq!(
        world.patch(&path, &helpdesk, json!({ "jobTitle": "x" })).await.status,
        403,
        "passwords alone"
    );
    assert_eq!(world.patch(&path, &manager, json!({ "jobTitle": "x" })).await.status, 204);
    assert_eq!(world.patch(&path, &application, password).await.status, 204);
    assert_eq!(world.delete(&path, &manager).await.status, 204);
}

#[tokio::test]
async fn people_change_little_of_themselves() {
    let world = World::new().await;
    let member = world.user("megan", &[]).await;
    let token = world.user_token(&member, &["User.ReadWrite"]).await;
    assert_eq!(world.patch("/me", &token, json!({ "mobilePhone": "+47 22 00 00 00" })).await.status, 204);
    for body in [
        json!({ "accountEnabled": true }),
        json!({ "jobTitle": "Boss" }),
        json!({ "userType": "Member" }),
        json!({ "passwordProfile": { "password": "Contoso1234" } }),
    ] {
        assert_eq!(world.patch("/me", &token, body.clone()).await.status, 403, "{body}");
    }
    assert_eq!(world.get("/me", &token).await.json["mobilePhone"], "+47 22 00 00 00");
}

#[tokio::test]
async fn the_basic_permission_shows_basic_properties_and_tells_nothing_else() {
    let world = World::new().await;
    let megan = world.user("megan", &[]).await;
    let token = world.user_token(&megan, &["User.ReadBasic.All", "User.Read"]).await;
    let other = world
        .get(&format!("/users/{}?$select=displayName,accountEnabled,jobTitle", world.admin.id), &token)
        .await;
    assert_eq!(
        (&other.json["displayName"].is_string(), &other.json["accountEnabled"]),
        (&true, &json!(null))
    );
    let own = world.get("/me?$select=accountEnabled", &token).await;
    assert_eq!(own.json["accountEnabled"], true);
    assert_eq!(
        world.get("/users?$filter=displayName%20eq%20'megan'", &token).await.ids(),
        [megan.id.as_str()]
    );
    assert_eq!(world.get("/users?$filter=accountEnabled%20eq%20true", &token).await.status, 403);
    assert_eq!(world.get("/users?$orderby=jobTitle", &token).await.status, 403);
    assert_eq!(world.get("/users/$count?$filter=startswith(city,'a')", &token).await.status, 403);
}

#[tokio::test]
async fn a_group_has_members_and_its_members_know() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let (megan, alex) = (world.user("megan", &[]).await, world.user("alex", &[SECURITY_READER_ID]).await);
    let group = |name: &str| json!({ "displayName": name, "mailEnabled": false, "mailNickname": name, "securityEnabled": true });
    let mut with_member = group("inner");
    with_member["members@odata.bind"] = json!([format!("{BASE}/v1.0/directoryObjects/{}", alex.id)]);
    let inner = world.post("/groups", &token, with_member).await;
    assert_eq!(inner.status, 201, "{}", inner.text());
    let outer = world.post("/groups", &token, group("outer")).await;
    let (inner, outer) = (inner.json["id"].as_str().unwrap(), outer.json["id"].as_str().unwrap());
    let members = format!("/groups/{outer}/members");
    for id in [&megan.id, inner] {
        let body =
            json!({ "@odata.id": format!("https://graph.microsoft.com/v1.0/directoryObjects('{id}')") });
        let reply = world.post(&format!("{members}/$ref"), &token, body.clone()).await;
        assert_eq!(reply.status, 204, "{}", reply.text());
        assert_eq!(
            world.post(&format!("{members}/$ref"), &token, body).await.status,
            400,
            "already a member"
        );
    }
    let unknown = json!({ "@odata.id": format!("{BASE}/v1.0/directoryObjects/{UNKNOWN}") });
    assert_eq!(world.post(&format!("{members}/$ref"), &token, unknown).await.status, 404);
    assert_eq!(world.post(&format!("{members}/$ref"), &token, json!({ "@odata.id": "x" })).await.status, 400);
    let listed = world.get(&format!("{members}?$select=id,displayName&$count=true"), &token).await;
    assert_eq!(listed.json["@odata.count"], 2);
    let types: Vec<&str> =
        listed.json["value"].as_array().unwrap().iter().map(|m| m["@odata.type"].as_str().unwrap()).collect();
    assert!(
        types.contains(&"#microsoft.graph.user") && types.contains(&"#microsoft.graph.group"),
        "{types:?}"
    );
    let first = world.get(&format!("{members}?$top=1"), &token).await;
    let next = first.json["@odata.nextLink"].as_str().unwrap();
    assert_ne!(first.ids(), world.get(next, &token).await.ids());
    let member_of = |user: &str, path: &str| format!("/users/{user}/{path}?$select=id,displayName");
    let direct = world.get(&member_of(&alex.id, "memberOf"), &token).await;
    assert_eq!(direct.ids().len(), 2, "a group and a role: {}", direct.text());
    let groups = world.get(&member_of(&alex.id, "transitiveMemberOf/microsoft.graph.group"), &token).await;
    assert_eq!(groups.ids().len(), 2);
    let roles = world.get(&member_of(&alex.id, "memberOf/graph.directoryRole"), &token).await;
    assert_eq!(roles.status, 400, "the namespace has one name: {}", roles.text());
    let roles = world.get(&member_of(&alex.id, "memberOf/microsoft.graph.directoryRole"), &token).await;
    assert_eq!(roles.json["value"][0]["displayName"], "Security Reader");
    let remove = format!("{members}/{}/$ref", megan.id);
    assert_eq!(
        world.delete(&format!("{members}/{}", megan.id), &token).await.status,
        400,
        "not the user itself"
    );
    assert_eq!(world.delete(&remove, &token).await.status, 204);
    assert_eq!(world.delete(&remove, &token).await.status, 404);
    assert_eq!(
        world.patch(&format!("/groups/{outer}"), &token, json!({ "description": "a test" })).await.status,
        204
    );
    let got = world.get(&format!("/groups/{outer}"), &token).await;
    assert_eq!(got.json["description"], "a test");
    assert_eq!(world.delete(&format!("/groups/{outer}"), &token).await.status, 204);
    assert_eq!(world.get(&format!("/groups/{outer}"), &token).await.code(), "Request_ResourceNotFound");
}

#[tokio::test]
async fn roles_are_given_and_taken_in_two_ways() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let megan = world.user("megan", &[]).await;
    let path = "/roleManagement/directory/roleAssignments";
    let body = json!({ "@odata.type": "#microsoft.graph.unifiedRoleAssignment", "principalId": megan.id,
        "roleDefinitionId": SECURITY_READER_ID, "directoryScopeId": "/" });
    let made = world.post(path, &token, body).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let found = world.get(&format!("{path}?$filter=principalId%20eq%20'{}'", megan.id), &token).await;
    assert_eq!(found.ids(), [made.json["id"].as_str().unwrap()]);
    let id = made.json["id"].as_str().unwrap();
    assert_eq!(world.get(&format!("{path}/{id}"), &token).await.status, 200);
    let by_template = format!("/directoryRoles(roleTemplateId='{SECURITY_READER_ID}')");
    let members = world.get(&format!("{by_template}/members"), &token).await;
    assert_eq!(members.ids(), [megan.id.as_str()]);
    assert_eq!(world.delete(&format!("{path}/{id}"), &token).await.status, 204);
    assert!(world.get(&format!("{by_template}/members"), &token).await.ids().is_empty());
    let role = world.get(&by_template, &token).await.json["id"].as_str().unwrap().to_owned();
    let reference = json!({ "@odata.id": format!("{BASE}/v1.0/directoryObjects/{}", megan.id) });
    assert_eq!(
        world.post(&format!("/directoryRoles/{role}/members/$ref"), &token, reference).await.status,
        204
    );
    assert_eq!(
        world.delete(&format!("/directoryRoles/{role}/members/{}/$ref", megan.id), &token).await.status,
        204
    );
    let admin =
        world.get("/directoryRoles?$filter=displayName%20eq%20'Global%20Administrator'", &token).await;
    assert_eq!(admin.ids().len(), 1);
    let last = format!("/directoryRoles/{}/members/{}/$ref", admin.ids()[0], world.admin.id);
    assert_eq!(
        world.delete(&last, &token).await.code(),
        "Request_BadRequest",
        "the last administrator stays"
    );
}

#[tokio::test]
async fn applications_the_organization_and_grants_are_read() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let app_id = world.application.app_id.clone().unwrap();
    let by_key = world.get(&format!("/servicePrincipals(appId='{app_id}')"), &token).await;
    assert_eq!(by_key.json["id"], world.application.id.as_str());
    let by_filter =
        world.get(&format!("/applications?$filter=appId%20eq%20'{app_id}'&$select=appId,tags"), &token).await;
    assert_eq!(by_filter.ids().len(), 1);
    let organization = world.get("/organization", &token).await;
    assert_eq!(organization.ids(), [world.tenant.to_string()]);
    assert_eq!(organization.json["value"][0]["verifiedDomains"][0]["name"], "contoso.com");
    assert_eq!(world.get("/oauth2PermissionGrants", &token).await.status, 200);
    assert_eq!(world.get("/directoryRoleTemplates", &token).await.status, 200);
}

#[tokio::test]
async fn authentication_methods_are_listed_without_secrets_and_removed_by_administrators() {
    let world = World::new().await;
    let megan = world.user("megan", &[]).await;
    let method = AuthenticationMethod {
        id: "11111111-0000-4000-8000-000000000009".to_owned(),
        user_id: megan.id.clone(),
        kind: AuthenticationMethodKind::SoftwareOath,
        sealed_secret: "c2VhbGVk".to_owned(),
        created_date_time: world.now(),
        last_used_step: None,
        display_name: None,
        passkey: None,
        phone: None,
        temporary_access_pass: None,
    };
    world.put(std::slice::from_ref(&method)).await;
    let own = world.user_token(&megan, &["UserAuthenticationMethod.Read"]).await;
    let methods = world.get("/me/authentication/methods", &own).await;
    let types: Vec<&str> = methods.json["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|m| m["@odata.type"].as_str().unwrap())
        .collect();
    assert_eq!(types.len(), 2, "{}", methods.text());
    assert!(types.contains(&"#microsoft.graph.passwordAuthenticationMethod"));
    assert!(types.contains(&"#microsoft.graph.softwareOathAuthenticationMethod"));
    assert!(!methods.text().contains("c2VhbGVk") && !methods.text().contains("argon2"));
    let password = world.get("/me/authentication/passwordMethods", &own).await;
    assert_eq!(password.ids(), ["28c10230-6103-485e-b985-444c60001490"]);
    let path = format!("/users/{}/authentication/softwareOathMethods/{}", megan.id, method.id);
    let write = world
        .user_token(&megan, &["UserAuthenticationMethod.ReadWrite", "UserAuthenticationMethod.ReadWrite.All"])
        .await;
    assert_eq!(world.delete(&path, &write).await.status, 403, "not by the holder of a token");
    let admin = world.admin_token().await;
    let elsewhere = format!("/users/{}/authentication/softwareOathMethods/{}", world.admin.id, method.id);
    assert_eq!(world.delete(&elsewhere, &admin).await.status, 404);
    assert_eq!(world.delete(&path, &admin).await.status, 204);
    assert_eq!(world.delete(&path, &admin).await.status, 404);
}

#[tokio::test]
async fn passkeys_are_listed_with_name_and_make_and_removed_by_administrators() {
    let world = World::new().await;
    let megan = world.user("megan", &[]).await;
    let method = AuthenticationMethod {
        id: "aB3_dEf-1AaaBBBccc".to_owned(),
        user_id: megan.id.clone(),
        kind: AuthenticationMethodKind::Fido2,
        sealed_secret: String::new(),
        created_date_time: world.now(),
        last_used_step: None,
        display_name: Some("Blue key".to_owned()),
        passkey: Some(PasskeyCredential {
            credential: json!({ "cred": { "backup_eligible": true, "cred_id": "secretish" } }),
            aa_guid: Some("2fc0579f-8113-47ea-b116-bb5a8db9202a".to_owned()),
            answered_challenges: Vec::new(),
        }),
        phone: None,
        temporary_access_pass: None,
    };
    world.put(std::slice::from_ref(&method)).await;
    let own = world.user_token(&megan, &["UserAuthenticationMethod.Read"]).await;
    let set = format!("/users/{}/authentication/fido2Methods", megan.id);
    let admin = world.admin_token().await;
    let listed = world.get(&set, &admin).await;
    let expected = json!({
        "@odata.type": "#microsoft.graph.fido2AuthenticationMethod", "id": method.id,
        "createdDateTime": world.now(), "aaGuid": "2fc0579f-8113-47ea-b116-bb5a8db9202a",
        "attestationCertificates": [], "attestationLevel": "notAttested", "displayName": "Blue key",
        "model": null, "passkeyType": "synced",
    });
    let shown = listed.json["value"][0].as_object().unwrap();
    for (name, value) in expected.as_object().unwrap().iter().filter(|(name, _)| *name != "@odata.type") {
        assert_eq!(shown.get(name), Some(value), "{name}: {}", listed.text());
    }
    let all = world.get("/me/authentication/methods", &own).await;
    assert!(all.text().contains("#microsoft.graph.fido2AuthenticationMethod"), "{}", all.text());
    assert!(!all.text().contains("secretish"));
    let path = format!("{set}/{}", method.id);
    assert_eq!(world.get(&path, &admin).await.json["displayName"], "Blue key");
    let as_app = format!("/users/{}/authentication/softwareOathMethods/{}", megan.id, method.id);
    assert_eq!(world.delete(&as_app, &admin).await.status, 404, "it is no app");
    assert_eq!(world.delete(&path, &own).await.status, 403);
    assert_eq!(world.delete(&path, &admin).await.status, 204);
    assert_eq!(world.get(&set, &admin).await.json["value"], json!([]));
}

#[tokio::test]
async fn phones_are_listed_with_their_name_and_without_their_keys_and_removed_by_administrators() {
    let world = World::new().await;
    let megan = world.user("megan", &[]).await;
    let method = AuthenticationMethod {
        id: "aB3_dEf-phone".to_owned(),
        user_id: megan.id.clone(),
        kind: AuthenticationMethodKind::MicrosoftAuthenticatorPush,
        sealed_secret: String::new(),
        created_date_time: world.now(),
        last_used_step: None,
        display_name: Some("Pocket".to_owned()),
        passkey: None,
        temporary_access_pass: None,
        phone: Some(ApprovalPhone {
            public_key: "publickey".to_owned(),
            sealed_push: Some("sealedpush".to_owned()),
        }),
    };
    world.put(std::slice::from_ref(&method)).await;
    let own = world.user_token(&megan, &["UserAuthenticationMethod.Read"]).await;
    let set = format!("/users/{}/authentication/microsoftAuthenticatorMethods", megan.id);
    let admin = world.admin_token().await;
    let listed = world.get(&set, &admin).await;
    let expected = json!({ "id": method.id, "createdDateTime": world.now(), "deviceTag": null,
        "displayName": "Pocket", "phoneAppVersion": null });
    let shown = listed.json["value"][0].as_object().unwrap();
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(shown.get(name), Some(value), "{name}: {}", listed.text());
    }
    let all = world.get("/me/authentication/methods", &own).await;
    let kind = "#microsoft.graph.microsoftAuthenticatorAuthenticationMethod";
    assert!(all.text().contains(kind), "{}", all.text());
    assert!(!all.text().contains("publickey") && !all.text().contains("sealedpush"));
    let path = format!("{set}/{}", method.id);
    assert_eq!(world.get(&path, &admin).await.json["displayName"], "Pocket");
    let as_app = format!("/users/{}/authentication/softwareOathMethods/{}", megan.id, method.id);
    assert_eq!(world.delete(&as_app, &admin).await.status, 404, "it is no app");
    assert_eq!(world.delete(&path, &own).await.status, 403);
    assert_eq!(world.delete(&path, &admin).await.status, 204);
    assert_eq!(world.get(&set, &admin).await.json["value"], json!([]));
}
