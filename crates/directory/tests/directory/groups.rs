use riskgate_directory::*;
use riskgate_odata::Filter;
use riskgate_store::records::DeletedItem;
use riskgate_store::{StoreExt, tables};
use serde_json::json;

use crate::support::{contoso, object, start};

#[tokio::test]
async fn a_group_is_created_changed_and_deleted() {
    let it = contoso().await;
    let user = it.user("alice").await;
    let new = NewGroup { member_ids: vec![user.id.clone()], ..NewGroup::new("Staff", "staff") };
    let group = it.directory.create_group(&it.actor, &new).await.unwrap();
    assert_eq!((group.created_date_time, group.security_enabled), (Some(start()), Some(true)));
    assert_eq!(it.directory.member_of(&user.id).await.unwrap(), std::slice::from_ref(&group));

    let patch = object(json!({"description": "Everybody", "displayName": "All staff"}));
    let changed = it.directory.update_group(&it.actor, &group.id, &patch).await.unwrap();
    assert_eq!(changed.description.as_deref(), Some("Everybody"));
    assert_eq!(it.directory.find_group(&group.id).await.unwrap(), Some(changed));

    it.directory.delete_group(&it.actor, &group.id).await.unwrap();
    assert_eq!(it.directory.find_group(&group.id).await.unwrap(), None);
    assert_eq!(it.count(&tables::GROUP_MEMBERSHIPS, Filter::Constant(true)).await, 0);
    assert!(it.store.load::<DeletedItem>(it.tenant, &group.id).await.unwrap().is_some());
    let error = it.directory.delete_group(&it.actor, &group.id).await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::NotFound);
    for activity in ["Add group", "Update group", "Delete group", "Add member to group"] {
        assert_eq!(it.audits(activity).await.len(), 1, "{activity}");
    }
}

#[tokio::test]
async fn what_a_group_needs_is_asked_for() {
    let it = contoso().await;
    for name in ["displayName", "mailEnabled", "mailNickname", "securityEnabled"] {
        let mut new = NewGroup::new("Staff", "staff");
        new.properties.remove(name);
        let error = it.directory.create_group(&it.actor, &new).await.unwrap_err();
        let expected = format!("A value is required for property '{name}' of resource 'Group'.");
        assert_eq!(error.to_string(), expected);
    }
}

#[tokio::test]
async fn what_is_not_done_here_is_refused_and_not_ignored() {
    let it = contoso().await;
    for (name, value) in [
        ("groupTypes", json!(["DynamicMembership"])),
        ("groupTypes", json!(["Unified"])),
        ("membershipRule", json!("user.city -eq \"Ulm\"")),
        ("membershipRuleProcessingState", json!("On")),
        ("mailEnabled", json!(true)),
        ("securityEnabled", json!(false)),
        ("isAssignableToRole", json!(true)),
        ("owners@odata.bind", json!(["https://localhost/v1.0/users/x"])),
    ] {
        let mut new = NewGroup::new("Staff", "staff");
        new.properties.insert(name.to_owned(), value);
        let error = it.directory.create_group(&it.actor, &new).await.unwrap_err();
        assert!(matches!(error, DirectoryError::NotSupported { .. }), "{name}: {error}");
    }
    let mut new = NewGroup::new("Staff", "staff");
    let harmless = json!({"groupTypes": [], "isAssignableToRole": false, "membershipRule": null});
    new.properties.extend(object(harmless));
    it.directory.create_group(&it.actor, &new).await.unwrap();
}

#[tokio::test]
async fn wrong_values_are_refused_with_the_property_named() {
    let it = contoso().await;
    let group = it.directory.create_group(&it.actor, &NewGroup::new("Staff", "staff")).await.unwrap();
    for (patch, target) in [
        (json!({"displayName": null}), "displayName"),
        (json!({"displayName": "x".repeat(257)}), "displayName"),
        (json!({"visibility": "Public"}), "visibility"),
        (json!({"groupTypes": 7}), "groupTypes"),
        (json!({"id": "x"}), "id"),
        (json!({"createdDateTime": null}), "createdDateTime"),
        (json!({"color": "red"}), "color"),
    ] {
        let result = it.directory.update_group(&it.actor, &group.id, &object(patch.clone())).await;
        match result.unwrap_err() {
            DirectoryError::NotSupported { .. } if target == "groupTypes" => {}
            error => assert_eq!(error.target(), Some(target), "{patch}"),
        }
    }
    assert_eq!(it.directory.find_group(&group.id).await.unwrap(), Some(group));
}
