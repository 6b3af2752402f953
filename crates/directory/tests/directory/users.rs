use riskgate_directory::*;
use riskgate_store::tables;
use serde_json::{Value as Json, json};

use crate::support::{Contoso, HASH, contoso, object, start};

fn body() -> Json {
    json!({"accountEnabled": true, "displayName": "MyTestUser1", "mailNickname": "MyTestUser1",
        "userPrincipalName": "MyTestUser1@contoso.com"})
}

async fn create(it: &Contoso, properties: Json) -> Result<riskgate_model::User, DirectoryError> {
    let new = NewUser { properties: object(properties), password_hash: HASH.to_owned(), must_change: true };
    it.directory.create_user(&it.actor, &new).await
}

#[tokio::test]
async fn a_user_is_created_with_a_password_and_an_audit_entry() {
    let it = contoso().await;
    let mut properties = body();
    properties["@odata.type"] = json!("#microsoft.graph.user");
    properties["businessPhones"] = json!(["+1 425 555 0100"]);
    let user = create(&it, properties).await.unwrap();
    assert_eq!(user.user_principal_name.as_deref(), Some("MyTestUser1@contoso.com"));
    assert_eq!((user.created_date_time, user.user_type.as_deref()), (Some(start()), Some("Member")));
    assert!(user.security_identifier.as_deref().unwrap().starts_with("S-1-12-1-"));
    assert_eq!(user.password_profile, None);
    assert_eq!(it.directory.user("mytestuser1@CONTOSO.com").await.unwrap(), user);
    assert_eq!(it.directory.find_user(&user.id.to_uppercase()).await.unwrap(), Some(user.clone()));
    assert!(it.directory.user_credential(&user.id).await.unwrap().unwrap().must_change);

    let audits = it.audits("Add user").await;
    let audit =
        audits.iter().find(|audit| audit.target_resources[0].id.as_deref() == Some(&user.id)).unwrap();
    assert_eq!(audit.initiated_by.user.as_ref().unwrap().id.as_deref(), Some(it.admin_id.as_str()));
    assert_eq!((audit.category.as_str(), audit.operation_type.as_deref()), ("UserManagement", Some("Add")));
}

#[tokio::test]
async fn every_required_property_is_asked_for_by_name() {
    let it = contoso().await;
    for name in ["accountEnabled", "displayName", "mailNickname", "userPrincipalName"] {
        for missing in [None, Some(Json::Null)] {
            let mut properties = object(body());
            properties.remove(name);
            if let Some(null) = missing {
                properties.insert(name.to_owned(), null);
            }
            let error = create(&it, Json::Object(properties)).await.unwrap_err();
            assert_eq!(
                error.to_string(),
                format!("A value is required for property '{name}' of resource 'User'.")
            );
            assert_eq!((error.code(), error.target()), ("Request_BadRequest", Some(name)));
        }
    }
}

#[tokio::test]
async fn a_name_that_is_taken_is_a_conflict_of_objects_in_any_case() {
    let it = contoso().await;
    create(&it, body()).await.unwrap();
    let mut properties = body();
    properties["userPrincipalName"] = json!("MYTESTUSER1@contoso.com");
    let error = create(&it, properties).await.unwrap_err();
    assert_eq!(error, DirectoryError::Duplicate { property: "userPrincipalName" });
    assert_eq!(error.status(), ErrorStatus::BadRequest);
    assert_eq!(it.count(&tables::USER_CREDENTIALS, riskgate_odata::Filter::Constant(true)).await, 2);

    let other = it.user("other").await;
    let error =
        it.patch(&other.id, json!({"userPrincipalName": "mytestuser1@contoso.com"})).await.unwrap_err();
    assert_eq!(error, DirectoryError::Duplicate { property: "userPrincipalName" });
}

#[tokio::test]
async fn names_outside_of_the_verified_domains_or_with_other_characters_are_invalid() {
    let it = contoso().await;
    for name in ["x@fabrikam.com", "x", "a b@contoso.com", "x@contoso.com.evil.com", "é@contoso.com", ""] {
        let mut properties = body();
        properties["userPrincipalName"] = json!(name);
        let error = create(&it, properties).await.unwrap_err();
        assert_eq!(error.to_string(), "Property userPrincipalName is invalid.", "{name}");
    }
}

#[tokio::test]
async fn wrong_values_are_refused_with_the_property_named() {
    let it = contoso().await;
    let user = it.user("alice").await;
    for (properties, target) in [
        (json!({"accountEnabled": "true"}), "accountEnabled"),
        (json!({"displayName": "x".repeat(257)}), "displayName"),
        (json!({"displayName": "a\nb"}), "displayName"),
        (json!({"displayName": ""}), "displayName"),
        (json!({"displayName": null}), "displayName"),
        (json!({"givenName": "x".repeat(65)}), "givenName"),
        (json!({"mailNickname": "a b"}), "mailNickname"),
        (json!({"mail": "nobody"}), "mail"),
        (json!({"usageLocation": "Germany"}), "usageLocation"),
        (json!({"userType": "Robot"}), "userType"),
        (json!({"passwordPolicies": "DisableStrongPassword"}), "passwordPolicies"),
        (json!({"businessPhones": ["1", "2"]}), "businessPhones"),
        (json!({"businessPhones": null}), "businessPhones"),
        (json!({"businessPhones": "1"}), "businessPhones"),
        (json!({"otherMails": [1]}), "otherMails"),
        (json!({"jobTitle": {"a": 1}}), "jobTitle"),
        (json!({"userPrincipalName": 7}), "userPrincipalName"),
        (json!({"id": "x"}), "id"),
        (json!({"createdDateTime": "2026-01-01T00:00:00Z"}), "createdDateTime"),
        (json!({"passwordProfile": {"password": "x"}}), "passwordProfile"),
        (json!({"shoeSize": 45}), "shoeSize"),
    ] {
        let error = it.patch(&user.id, properties.clone()).await.unwrap_err();
        assert_eq!((error.target(), error.status()), (Some(target), ErrorStatus::BadRequest), "{properties}");
    }
    assert_eq!(it.directory.user(&user.id).await.unwrap(), user);
    let error = it.patch(&user.id, json!({"manager@odata.bind": "x"})).await.unwrap_err();
    assert!(matches!(error, DirectoryError::NotSupported { .. }));
}

#[tokio::test]
async fn a_patch_keeps_what_is_absent_clears_what_is_null_and_says_what_changed() {
    let it = contoso().await;
    let user = it.user("alice").await;
    it.patch(&user.id, json!({"jobTitle": "Engineer", "city": "Ulm"})).await.unwrap();
    let update =
        it.patch("ALICE@contoso.com", json!({"jobTitle": null, "displayName": "alice", "city": "Bonn"}));
    let update = update.await.unwrap();
    let changed: Vec<_> = update.changes.iter().map(|change| change.property.as_str()).collect();
    assert_eq!(changed, ["jobTitle", "city"]);
    assert_eq!((update.user.job_title.clone(), update.user.city.as_deref()), (None, Some("Bonn")));
    assert_eq!(it.directory.user(&user.id).await.unwrap(), update.user);

    let audits = it.audits("Update user").await;
    let properties = audits.iter().map(|audit| &audit.target_resources[0].modified_properties);
    let city = properties.flatten().find(|p| p.old_value.as_deref() == Some("\"Ulm\"")).unwrap();
    assert_eq!(city.new_value.as_deref(), Some("\"Bonn\""));
}

#[tokio::test]
async fn a_patch_that_changes_nothing_leaves_no_audit_entry() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let update = it.patch(&user.id, json!({"displayName": "alice"})).await.unwrap();
    assert!(update.changes.is_empty());
    assert!(it.audits("Update user").await.is_empty());
}

#[tokio::test]
async fn disabling_and_enabling_have_entries_of_their_own() {
    let it = contoso().await;
    let user = it.user("alice").await;
    it.patch(&user.id, json!({"accountEnabled": false})).await.unwrap();
    it.patch(&user.id, json!({"accountEnabled": true})).await.unwrap();
    assert_eq!(it.audits("Disable account").await.len(), 1);
    assert_eq!(it.audits("Enable account").await.len(), 1);
}

#[tokio::test]
async fn an_unknown_user_is_not_found() {
    let it = contoso().await;
    for id in ["00000000-0000-0000-0000-00000000abcd", "nobody@contoso.com", "", "'; drop table users"] {
        let error = it.directory.user(id).await.unwrap_err();
        assert_eq!(
            (error.status(), error.code()),
            (ErrorStatus::NotFound, "Request_ResourceNotFound"),
            "{id}"
        );
        assert_eq!(it.patch(id, json!({})).await.unwrap_err().status(), ErrorStatus::NotFound);
        assert_eq!(
            it.directory.delete_user(&it.actor, id).await.unwrap_err().status(),
            ErrorStatus::NotFound
        );
    }
}
