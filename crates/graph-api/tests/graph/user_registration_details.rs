//! `reports/authenticationMethods/userRegistrationDetails`: what people have registered.

use riskgate_directory::{AUTHENTICATION_ADMINISTRATOR, GLOBAL_READER, REPORTS_READER, SECURITY_READER};
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::{AuthenticationMethod, EmailMethod, PasskeyCredential, RecoveryCodeSet};
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const AT: &str = "/reports/authenticationMethods/userRegistrationDetails";

fn method(world: &World, user: &User, kind: AuthenticationMethodKind) -> AuthenticationMethod {
    AuthenticationMethod {
        id: format!("{}-{kind:?}", user.id),
        user_id: user.id.clone(),
        kind,
        sealed_secret: String::new(),
        created_date_time: world.now(),
        last_used_step: None,
        display_name: None,
        passkey: None,
        phone: None,
        temporary_access_pass: None,
    }
}

fn passkey(world: &World, user: &User, is_synced: bool) -> AuthenticationMethod {
    let credential = json!({ "cred": { "backup_eligible": is_synced } });
    let passkey = PasskeyCredential { credential, aa_guid: None, answered_challenges: Vec::new() };
    AuthenticationMethod { passkey: Some(passkey), ..method(world, user, AuthenticationMethodKind::Fido2) }
}

fn email(world: &World, user: &User) -> EmailMethod {
    EmailMethod {
        id: user.id.clone(),
        address: "somebody@example.org".to_owned(),
        created_date_time: world.now(),
    }
}

async fn configure(world: &World, method: &str, state: &str) {
    let path = format!("/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{method}");
    let reply = world.patch(&path, &world.admin_token().await, json!({ "state": state })).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
}

async fn details(world: &World, user: &User) -> Json {
    let reply = world.get(&format!("{AT}/{}", user.id), &world.app_token(&["AuditLog.Read.All"]).await).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply.json
}

/// The identifiers of all pages, how many each had, and that nobody is on two.
async fn pages(world: &World, path: &str) -> (Vec<String>, Vec<usize>) {
    let token = world.app_token(&["AuditLog.Read.All"]).await;
    let (mut ids, mut sizes, mut path) = (Vec::new(), Vec::new(), path.to_owned());
    loop {
        let page = world.get(&path, &token).await;
        assert_eq!(page.status, 200, "{}", page.text());
        ids.extend(page.ids().into_iter().map(str::to_owned));
        sizes.push(page.ids().len());
        match page.json["@odata.nextLink"].as_str() {
            Some(next) => path = next.to_owned(),
            None => break,
        }
    }
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!(unique.len(), ids.len());
    (ids, sizes)
}

#[tokio::test]
async fn somebody_with_nothing_and_an_administrator_have_every_property() {
    let world = World::new().await;
    let ada = world.user("ada", &[]).await;
    let expected = json!({
        "@odata.context": format!("{BASE}/v1.0/$metadata#reports/authenticationMethods/userRegistrationDetails/$entity"),
        "id": ada.id,
        "isAdmin": false,
        "isMfaCapable": false,
        "isMfaRegistered": false,
        "isPasswordlessCapable": false,
        "isSsprCapable": false,
        "isSsprEnabled": true,
        "isSsprRegistered": false,
        "isSystemPreferredAuthenticationMethodEnabled": true,
        "lastUpdatedDateTime": world.now(),
        "methodsRegistered": [],
        "systemPreferredAuthenticationMethods": [],
        "userDisplayName": "ada",
        "userPreferredMethodForSecondaryAuthentication": null,
        "userPrincipalName": "ada@contoso.com",
        "userType": "member",
    });
    assert_eq!(details(&world, &ada).await, expected);
    assert_eq!(details(&world, &world.admin).await["isAdmin"], true);
}

#[tokio::test]
async fn what_the_policy_forbids_is_registered_and_of_no_use() {
    let world = World::new().await;
    let (ada, bob) = (world.user("ada", &[]).await, world.user("bob", &[]).await);
    world
        .put(&[
            passkey(&world, &ada, true),
            method(&world, &bob, AuthenticationMethodKind::SoftwareOath),
            method(&world, &bob, AuthenticationMethodKind::MicrosoftAuthenticatorPush),
        ])
        .await;
    let capable = |of: &Json| [of["isMfaCapable"].clone(), of["isPasswordlessCapable"].clone()];
    let of_ada = details(&world, &ada).await;
    assert_eq!(of_ada["methodsRegistered"], json!(["passKeySynced"]));
    assert_eq!(of_ada["systemPreferredAuthenticationMethods"], json!([]), "Graph has no name for it there");
    assert_eq!(capable(&of_ada), [true, true]);
    let of_bob = details(&world, &bob).await;
    assert_eq!(of_bob["methodsRegistered"], json!(["microsoftAuthenticatorPush", "softwareOneTimePasscode"]));
    assert_eq!(of_bob["systemPreferredAuthenticationMethods"], json!(["push"]));
    assert_eq!(capable(&of_bob), [true, false]);

    configure(&world, "Fido2", "disabled").await;
    configure(&world, "MicrosoftAuthenticator", "disabled").await;
    let of_ada = details(&world, &ada).await;
    assert_eq!((capable(&of_ada), &of_ada["isMfaRegistered"]), ([false.into(), false.into()], &json!(true)));
    let of_bob = details(&world, &bob).await;
    assert_eq!(of_bob["systemPreferredAuthenticationMethods"], json!(["oath"]));
    assert_eq!(capable(&of_bob), [true, false]);
}

#[tokio::test]
async fn a_new_password_takes_as_many_proofs_as_are_asked_for() {
    let world = World::new().await;
    let ada = world.user("ada", &[]).await;
    let sspr = |of: &Json| {
        [of["isSsprEnabled"].clone(), of["isSsprRegistered"].clone(), of["isSsprCapable"].clone()]
    };
    world.put(&[email(&world, &ada), email(&world, &world.admin)]).await;
    assert_eq!(sspr(&details(&world, &ada).await), [true, true, true]);
    assert_eq!(details(&world, &ada).await["methodsRegistered"], json!(["email"]));
    assert_eq!(details(&world, &ada).await["isMfaRegistered"], false, "a mailed code is no second factor");
    assert_eq!(sspr(&details(&world, &world.admin).await), [true, false, false], "administrators need two");
    configure(&world, "Email", "disabled").await;
    assert_eq!(sspr(&details(&world, &ada).await), [true, true, false]);
    let codes = |digests| RecoveryCodeSet { id: ada.id.clone(), digests, created_date_time: world.now() };
    world.put(&[codes(vec!["digest".to_owned()])]).await;
    assert_eq!(sspr(&details(&world, &ada).await), [true, true, true], "recovery codes count");
    assert_eq!(
        details(&world, &ada).await["methodsRegistered"],
        json!(["email"]),
        "and have no name in Graph"
    );
}

#[tokio::test]
async fn pages_are_whole_in_every_order_and_under_every_filter() {
    let world = World::new().await;
    let mut with_app = Vec::new();
    for n in 0..9 {
        let user = world.user(&format!("user{n}"), &[]).await;
        if n % 4 == 0 {
            world.put(&[method(&world, &user, AuthenticationMethodKind::SoftwareOath)]).await;
            with_app.push(user.id);
        }
    }
    with_app.sort_unstable();
    let (all, sizes) = pages(&world, &format!("{AT}?$top=4")).await;
    assert_eq!((all.len(), sizes), (10, vec![4, 4, 2]), "nine and the administrator");
    for filter in [
        "isMfaRegistered%20eq%20true",
        "methodsRegistered/any(m:m%20eq%20'softwareOneTimePasscode')",
        "isMfaCapable%20eq%20true%20and%20startswith(userPrincipalName,'USER')",
        "not(isMfaCapable%20eq%20false)",
    ] {
        let (found, sizes) = pages(&world, &format!("{AT}?$top=2&$filter={filter}")).await;
        assert_eq!(found, with_app, "{filter}");
        assert!(sizes.iter().all(|size| *size <= 2) && sizes[0] == 2, "{filter} {sizes:?}");
    }
    let (found, _) =
        pages(&world, &format!("{AT}?$filter=userPrincipalName%20eq%20'User3@contoso.com'")).await;
    assert_eq!(found.len(), 1);
    let token = world.app_token(&["AuditLog.Read.All"]).await;
    let path = format!("{AT}?$orderby=userDisplayName%20desc&$top=1&$select=userPrincipalName");
    let reply = world.get(&path, &token).await;
    let only = &reply.json["value"][0];
    assert_eq!((&only["userPrincipalName"], only.get("isAdmin")), (&json!("user8@contoso.com"), None));
    let (sorted, _) = pages(&world, &format!("{AT}?$orderby=userPrincipalName&$top=3")).await;
    assert_eq!((sorted.len(), &sorted[0]), (10, &world.admin.id));
}

#[tokio::test]
async fn who_looks_for_something_rare_is_told_where_to_go_on() {
    let world = World::new().await;
    let mut batch = Batch::new(world.tenant);
    for n in 0..1_100 {
        let id = format!("00000000-0000-4000-8000-{n:012}");
        let name = Some(format!("many{n}@contoso.com"));
        let enabled = Some(true);
        let user = User { id, user_principal_name: name, account_enabled: enabled, ..User::default() };
        batch.insert(&user).unwrap();
    }
    world.store.commit(batch).await.unwrap();
    let token = world.app_token(&["AuditLog.Read.All"]).await;
    let first = world.get(&format!("{AT}?$filter=isAdmin%20eq%20true"), &token).await;
    assert!(first.ids().is_empty(), "a thousand were looked at");
    let second = world.get(first.json["@odata.nextLink"].as_str().unwrap(), &token).await;
    assert_eq!(second.ids(), [&world.admin.id]);
    assert_eq!(second.json["@odata.nextLink"], Json::Null);
}

#[tokio::test]
async fn who_is_disabled_or_nobody_is_not_in_it() {
    let world = World::new().await;
    let ada = world.user("ada", &[]).await;
    let token = world.app_token(&["AuditLog.Read.All"]).await;
    let mut stored = world.store.load::<User>(world.tenant, &ada.id).await.unwrap().unwrap();
    stored.record.account_enabled = Some(false);
    let mut batch = Batch::new(world.tenant);
    batch.update(&stored).unwrap();
    world.store.commit(batch).await.unwrap();
    assert_eq!(world.get(AT, &token).await.ids(), [&world.admin.id]);
    for id in [&ada.id, UNKNOWN, "admin@contoso.com", "'", "%00", "a%2Fb"] {
        let reply = world.get(&format!("{AT}/{id}"), &token).await;
        assert!([400, 404].contains(&reply.status.as_u16()), "{id}: {}", reply.text());
        assert!(!reply.code().is_empty(), "{id}");
    }
}

#[tokio::test]
async fn permission_and_role_are_both_needed() {
    let world = World::new().await;
    let one = format!("{AT}/{}", world.admin.id);
    for (role, status) in [
        (REPORTS_READER, 200),
        (SECURITY_READER, 200),
        (GLOBAL_READER, 200),
        (AUTHENTICATION_ADMINISTRATOR, 403),
    ] {
        let user = world.user(&format!("holder-{role}"), &[role]).await;
        let token = world.user_token(&user, &["AuditLog.Read.All"]).await;
        let other = world.user_token(&user, &["UserAuthenticationMethod.Read.All", "User.Read.All"]).await;
        for path in [AT, &one] {
            assert_eq!(world.get(path, &token).await.status, status, "{role}");
            let refused = world.get(path, &other).await;
            assert_eq!((refused.status.as_u16(), refused.code()), (403, "Authorization_RequestDenied"));
        }
    }
    let ada = world.user("ada", &[]).await;
    let token = world.user_token(&ada, &["AuditLog.Read.All"]).await;
    assert_eq!(world.get(&format!("{AT}/{}", ada.id), &token).await.status, 403, "not even one's own");
    assert_eq!(world.get(AT, "").await.status, 401);
}

#[tokio::test]
async fn what_is_not_answered_is_refused() {
    let world = World::new().await;
    let token = world.app_token(&["AuditLog.Read.All"]).await;
    let long = format!("$filter={}", "isAdmin%20eq%20true%20or%20".repeat(2_000));
    for query in [
        "$count=true",
        "$skip=1",
        "$top=0",
        "$top=1000",
        "$expand=manager",
        "$search=ada",
        "$select=password",
        "$orderby=isMfaCapable",
        "$filter=lastUpdatedDateTime%20gt%202020-01-01T00:00:00Z",
        "$filter=isMfaCapable%20eq%20'yes'",
        "$filter=methodsRegistered%20eq%20'email'",
        "$filter=methodsRegistered/any(m:m%20eq%20",
        "$filter=accountEnabled%20eq%20true",
        "$skiptoken=rubbish",
        &long,
    ] {
        let refused = world.get(&format!("{AT}?{query}"), &token).await;
        assert!([400, 414].contains(&refused.status.as_u16()), "{query}: {}", refused.text());
    }
    let first = world.get(&format!("{AT}?$top=1"), &token).await;
    assert_eq!(first.json["@odata.nextLink"], Json::Null, "the administrator is alone");
    world.user("ada", &[]).await;
    let first = world.get(&format!("{AT}?$top=1"), &token).await;
    let next = first.json["@odata.nextLink"].as_str().unwrap().to_owned();
    let other = next.replace("$top=1", "$top=1&$orderby=userPrincipalName");
    assert_eq!(world.get(&other, &token).await.status, 400, "the place belongs to another order");
    assert_eq!(world.post(AT, &token, json!({})).await.status, 405);
}

#[tokio::test]
async fn a_pass_is_named_while_it_is_good() {
    let world = World::new().await;
    let ada = world.user("ada", &[]).await;
    configure(&world, "TemporaryAccessPass", "enabled").await;
    let token = world.admin_token().await;
    let path = format!("/users/{}/authentication/temporaryAccessPassMethods", ada.id);
    assert_eq!(world.post(&path, &token, json!({ "lifetimeInMinutes": 60 })).await.status, 201);
    let of_ada = details(&world, &ada).await;
    assert_eq!(of_ada["methodsRegistered"], json!(["temporaryAccessPass"]));
    assert_eq!(of_ada["isMfaRegistered"], false, "nobody keeps a pass");
    world.clock.advance(std::time::Duration::from_secs(2 * 3600));
    assert_eq!(details(&world, &ada).await["methodsRegistered"], json!([]));
}
