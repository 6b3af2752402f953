use riskgate_directory::*;
use riskgate_model::Device;
use riskgate_odata::Filter;
use riskgate_store::records::{DeletedItem, DeviceRegistration, DeviceRelation};
use riskgate_store::{StoreExt, tables};
use serde_json::{Value as Json, json};

use crate::support::{Contoso, contoso, object, start};

const DEVICE_ID: &str = "4c299165-6e8f-4b45-a5ba-c5d250a707ff";

pub(crate) fn laptop() -> Json {
    json!({ "accountEnabled": true, "deviceId": DEVICE_ID, "displayName": "Laptop", "operatingSystem": "Windows",
        "operatingSystemVersion": "11", "trustType": "AzureAd",
        "alternativeSecurityIds": [{ "type": 2, "key": "Y3YxN2E1MWFlYw==" }] })
}

pub(crate) async fn create(it: &Contoso, properties: Json) -> Result<Device, DirectoryError> {
    it.directory.create_device(&it.actor, &object(properties)).await
}

pub(crate) async fn update(it: &Contoso, id: &str, properties: Json) -> Result<Device, DirectoryError> {
    it.directory.update_device(&it.actor, DeviceKey::Id(id), &object(properties)).await
}

#[tokio::test]
async fn a_device_is_created_changed_and_gone_for_good() {
    let it = contoso().await;
    let device = create(&it, laptop()).await.unwrap();
    assert_eq!(device.registration_date_time, Some(start()));
    assert_eq!(device.profile_type.as_deref(), Some("RegisteredDevice"));
    let by_device_id =
        it.directory.find_device(DeviceKey::DeviceId(&DEVICE_ID.to_uppercase())).await.unwrap();
    assert_eq!(by_device_id.as_ref(), Some(&device));
    assert_eq!(it.directory.find_device(DeviceKey::Id(DEVICE_ID)).await.unwrap(), None, "the other key");

    let changed = update(&it, &device.id, json!({ "isCompliant": true, "trustType": null })).await.unwrap();
    assert_eq!((changed.is_compliant, changed.trust_type), (Some(true), None));
    let audits = it.audits("Update device").await;
    let properties = &audits[0].target_resources[0].modified_properties;
    assert_eq!(properties[0].display_name.as_deref(), Some("isCompliant"));
    assert_eq!(properties[0].new_value.as_deref(), Some("true"));
    update(&it, &device.id, json!({ "isCompliant": true })).await.unwrap();
    assert_eq!(it.audits("Update device").await.len(), 1, "nothing was changed");

    it.directory.delete_device(&it.actor, DeviceKey::DeviceId(DEVICE_ID)).await.unwrap();
    assert_eq!(it.directory.find_device(DeviceKey::Id(&device.id)).await.unwrap(), None);
    assert!(it.store.load::<DeletedItem>(it.tenant, &device.id).await.unwrap().is_none());
    let error = update(&it, &device.id, json!({ "isCompliant": true })).await.unwrap_err();
    assert_eq!(error.status(), ErrorStatus::NotFound);
    create(&it, laptop()).await.unwrap();
}

#[tokio::test]
async fn what_a_device_needs_is_asked_for_and_its_identifier_is_its_own() {
    let it = contoso().await;
    for name in ["accountEnabled", "deviceId", "displayName", "operatingSystem", "operatingSystemVersion"] {
        let mut new = object(laptop());
        new.remove(name);
        let error = it.directory.create_device(&it.actor, &new).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("A value is required for property '{name}' of resource 'Device'.")
        );
    }
    create(&it, laptop()).await.unwrap();
    let error = create(&it, laptop()).await.unwrap_err();
    assert_eq!(error, DirectoryError::Duplicate { property: "deviceId" });
}

#[tokio::test]
async fn wrong_values_are_refused_with_the_property_named() {
    let it = contoso().await;
    let device = create(&it, laptop()).await.unwrap();
    for (patch, target) in [
        (json!({ "deviceId": "5c299165-6e8f-4b45-a5ba-c5d250a707ff" }), "deviceId"),
        (json!({ "alternativeSecurityIds": null }), "alternativeSecurityIds"),
        (json!({ "registrationDateTime": null }), "registrationDateTime"),
        (json!({ "accountEnabled": null }), "accountEnabled"),
        (json!({ "isCompliant": "yes" }), "isCompliant"),
        (json!({ "trustType": "Cloud" }), "trustType"),
        (json!({ "profileType": "Toaster" }), "profileType"),
        (json!({ "deviceOwnership": "Mine" }), "deviceOwnership"),
        (json!({ "mdmAppId": "intune" }), "mdmAppId"),
        (json!({ "complianceExpirationDateTime": "soon" }), "complianceExpirationDateTime"),
        (json!({ "physicalIds": null }), "physicalIds"),
        (json!({ "systemLabels": vec!["x"; 65] }), "systemLabels"),
        (json!({ "extensionAttributes": "x" }), "extensionAttributes"),
        (json!({ "extensionAttributes": { "extensionAttribute16": "x" } }), "extensionAttributes"),
        (json!({ "extensionAttributes": { "extensionAttribute1": 5 } }), "extensionAttributes"),
        (
            json!({ "extensionAttributes": { "extensionAttribute1": "x".repeat(1025) } }),
            "extensionAttributes",
        ),
        (json!({ "color": "red" }), "color"),
    ] {
        let error = update(&it, &device.id, patch.clone()).await.unwrap_err();
        assert_eq!(error.target(), Some(target), "{patch}: {error}");
    }
    for keys in [
        json!([{ "type": 2 }]),
        json!([{ "type": 2, "key": "no base64!" }]),
        json!([{ "key": "AAAA" }]),
        json!(7),
    ] {
        let mut new = laptop();
        new["deviceId"] = json!("5c299165-6e8f-4b45-a5ba-c5d250a707ff");
        new["alternativeSecurityIds"] = keys.clone();
        let error = create(&it, new).await.unwrap_err();
        assert_eq!(error.target(), Some("alternativeSecurityIds"), "{keys}");
    }
    assert_eq!(it.directory.find_device(DeviceKey::Id(&device.id)).await.unwrap(), Some(device));
}

#[tokio::test]
async fn extension_attributes_are_set_and_cleared_one_by_one() {
    let it = contoso().await;
    let id = create(&it, laptop()).await.unwrap().id;
    update(
        &it,
        &id,
        json!({ "extensionAttributes": { "extensionAttribute1": "a", "extensionAttribute15": "b" } }),
    )
    .await
    .unwrap();
    let patch = json!({ "extensionAttributes": { "@odata.type": "x", "extensionAttribute1": null } });
    let changed = update(&it, &id, patch).await.unwrap();
    let attributes = changed.extension_attributes.unwrap();
    assert_eq!(attributes.by_number().into_iter().collect::<Vec<_>>(), [(15, "b")]);
    let cleared = update(&it, &id, json!({ "extensionAttributes": null })).await.unwrap();
    assert_eq!(cleared.extension_attributes, None);
}

#[tokio::test]
async fn a_device_has_one_owner_and_many_users_until_it_or_they_are_gone() {
    let it = contoso().await;
    let (alice, bob) = (it.user("alice").await, it.user("bob").await);
    let device = create(&it, laptop()).await.unwrap();
    let key = DeviceKey::Id(&device.id);
    let add =
        async |relation, user: &str| it.directory.add_device_person(&it.actor, key, relation, user).await;
    add(DeviceRelation::Owner, &alice.id).await.unwrap();
    let again = add(DeviceRelation::Owner, &alice.id).await.unwrap_err();
    assert_eq!(again, DirectoryError::AlreadyReferenced { property: "registeredOwners" });
    let second = add(DeviceRelation::Owner, &bob.id).await.unwrap_err();
    assert_eq!(second.target(), Some("registeredOwners"));
    assert_eq!(add(DeviceRelation::User, &device.id).await.unwrap_err().status(), ErrorStatus::NotFound);
    for user in [&alice, &bob] {
        add(DeviceRelation::User, &user.id).await.unwrap();
    }
    let owners = it.directory.device_people(key, DeviceRelation::Owner).await.unwrap();
    assert_eq!(owners.iter().map(|user| &user.id).collect::<Vec<_>>(), [&alice.id]);
    assert_eq!(it.directory.device_people(key, DeviceRelation::User).await.unwrap().len(), 2);
    assert_eq!(it.directory.devices_of(&bob.id, DeviceRelation::Owner).await.unwrap(), []);
    let used = it.directory.devices_of(&bob.id, DeviceRelation::User).await.unwrap();
    assert_eq!(used, std::slice::from_ref(&device));

    let not_his = it.directory.remove_device_person(&it.actor, key, DeviceRelation::Owner, &bob.id).await;
    assert_eq!(not_his.unwrap_err().status(), ErrorStatus::NotFound);
    it.directory
        .remove_device_person(&it.actor, key, DeviceRelation::Owner, &alice.id.to_uppercase())
        .await
        .unwrap();
    add(DeviceRelation::Owner, &bob.id).await.unwrap();
    it.directory.delete_user(&it.actor, &bob.id).await.unwrap();
    assert_eq!(it.directory.device_people(key, DeviceRelation::Owner).await.unwrap(), []);
    add(DeviceRelation::Owner, &alice.id).await.unwrap();
    it.directory.delete_device(&it.actor, key).await.unwrap();
    assert_eq!(it.count(&tables::DEVICE_REGISTRATIONS, Filter::Constant(true)).await, 0);
}

#[tokio::test]
async fn two_owners_at_the_same_moment_are_one() {
    let it = contoso().await;
    let (alice, bob) = (it.user("alice").await, it.user("bob").await);
    let device = create(&it, laptop()).await.unwrap();
    let racing = it.racing(2);
    let add = |user: String| {
        let (racing, actor, id) = (racing.clone(), it.actor.clone(), device.id.clone());
        async move { racing.add_device_person(&actor, DeviceKey::Id(&id), DeviceRelation::Owner, &user).await }
    };
    let (first, second) = tokio::join!(add(alice.id), add(bob.id));
    assert!(first.is_ok() != second.is_ok(), "{first:?} {second:?}");
    let left: Vec<_> =
        it.store.find_all::<DeviceRegistration>(it.tenant, Filter::Constant(true)).await.unwrap();
    assert_eq!(left.len(), 1);
}

#[tokio::test]
async fn a_device_is_no_member_of_a_group() {
    let it = contoso().await;
    let device = create(&it, laptop()).await.unwrap();
    let group = it.directory.create_group(&it.actor, &NewGroup::new("Staff", "staff")).await.unwrap();
    let error = it.directory.add_members(&it.actor, &group.id, &[device.id]).await.unwrap_err();
    assert_eq!(error.to_string(), "A device as member of a group is not supported.");
}
