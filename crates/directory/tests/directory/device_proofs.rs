//! What a device is recognised by, and of whom it says something.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_directory::*;
use riskgate_odata::Filter;
use riskgate_store::records::{DeviceCredential, DeviceRelation};
use riskgate_store::{StoreExt, tables};
use serde_json::{Value as Json, json};

use crate::devices::{create, laptop, update};
use crate::support::{contoso, start};

#[tokio::test]
async fn a_browser_is_a_device_as_long_as_it_is_enabled_and_knows_the_secret() {
    let it = contoso().await;
    let (alice, bob) = (it.user("alice").await, it.user("bob").await);
    let browser = NewBrowser {
        display_name: "Firefox on Windows".to_owned(),
        operating_system: Some("Windows".to_owned()),
        operating_system_version: None,
    };
    let (device, secret) = it.directory.register_browser(&it.actor, &alice, &browser).await.unwrap();
    assert_eq!((device.trust_type.as_deref(), device.is_compliant), (Some("Workplace"), None));
    for relation in [DeviceRelation::Owner, DeviceRelation::User] {
        assert_eq!(
            it.directory.devices_of(&alice.id, relation).await.unwrap(),
            std::slice::from_ref(&device)
        );
    }
    let stored = it.store.load::<DeviceCredential>(it.tenant, &device.id).await.unwrap().unwrap().record;
    assert_ne!(stored.secret_digest, secret);
    let proves =
        async |secret: &str| it.directory.device_with_secret(&device.id, secret).await.unwrap().is_some();
    assert!(proves(&secret).await);
    assert!(!proves(&stored.secret_digest).await && !proves("").await);
    let is_of = async |user: &str| it.directory.device_of(&device.id, user).await.unwrap().is_some();
    assert!(is_of(&alice.id).await && !is_of(&bob.id).await);
    update(&it, &device.id, json!({ "accountEnabled": false })).await.unwrap();
    assert!(!proves(&secret).await && !is_of(&alice.id).await);
    update(&it, &device.id, json!({ "accountEnabled": true })).await.unwrap();
    assert!(proves(&secret).await);
    it.directory.delete_device(&it.actor, DeviceKey::Id(&device.id)).await.unwrap();
    assert!(!proves(&secret).await && !is_of(&alice.id).await);
    assert_eq!(it.count(&tables::DEVICE_CREDENTIALS, Filter::Constant(true)).await, 0);
    assert_eq!(it.audits("Register device").await.len(), 1);
}

#[tokio::test]
async fn a_person_registers_so_many_devices_and_no_more() {
    let it = contoso().await;
    let alice = it.user("alice").await;
    for _ in 0..MOST_DEVICES_OF_A_PERSON {
        it.directory.register_browser(&it.actor, &alice, &NewBrowser::default()).await.unwrap();
    }
    let error = it.directory.register_browser(&it.actor, &alice, &NewBrowser::default()).await.unwrap_err();
    assert_eq!(error, DirectoryError::TooManyDevices { limit: MOST_DEVICES_OF_A_PERSON });
}

#[tokio::test]
async fn when_a_device_was_used_is_kept_to_the_day() {
    let it = contoso().await;
    let id = create(&it, laptop()).await.unwrap().id;
    for (hours, expected) in [(0, 0), (1, 0), (22, 0), (1, 24)] {
        it.clock.advance(Duration::from_secs(hours * 60 * 60));
        it.directory.device_was_used(&id).await.unwrap();
        let device = it.directory.find_device(DeviceKey::Id(&id)).await.unwrap().unwrap();
        let expected = start() + Duration::from_secs(expected * 60 * 60);
        assert_eq!(device.approximate_last_sign_in_date_time, Some(expected));
    }
    it.directory.device_was_used("00000000-0000-4000-8000-000000000000").await.unwrap();
}

#[tokio::test]
async fn a_certificate_proves_the_device_that_names_it_as_long_as_it_does() {
    let it = contoso().await;
    let keys = |texts: &[&str]| {
        let keys: Vec<Json> =
            texts.iter().map(|text| json!({ "type": 2, "key": STANDARD.encode(text) })).collect();
        json!({ "alternativeSecurityIds": keys })
    };
    let (first, second) = ("1".repeat(32), "2".repeat(32));
    let hex = |text: &str| text.bytes().map(|byte| format!("{byte:02x}")).collect::<String>();
    let proves = async |text: &str| {
        let found = it.directory.device_with_certificate(&hex(text)).await.unwrap();
        found.map(|device| device.id)
    };
    let mut new = laptop();
    new["alternativeSecurityIds"] = keys(&[&first])["alternativeSecurityIds"].clone();
    let id = create(&it, new.clone()).await.unwrap().id;
    assert_eq!((proves(&first).await, proves(&second).await), (Some(id.clone()), None));
    new["deviceId"] = json!("5c299165-6e8f-4b45-a5ba-c5d250a707ff");
    let taken = create(&it, new).await.unwrap_err();
    assert_eq!(taken, DirectoryError::Duplicate { property: "alternativeSecurityIds" });

    update(&it, &id, keys(&[&second, &first])).await.unwrap();
    assert_eq!((proves(&first).await, proves(&second).await), (Some(id.clone()), Some(id.clone())));
    update(&it, &id, keys(&[&second])).await.unwrap();
    assert_eq!((proves(&first).await, proves(&second).await), (None, Some(id.clone())));
    update(&it, &id, json!({ "accountEnabled": false })).await.unwrap();
    assert_eq!(proves(&second).await, None);
    it.directory.delete_device(&it.actor, DeviceKey::Id(&id)).await.unwrap();
    assert_eq!(it.count(&tables::DEVICE_CERTIFICATES, Filter::Constant(true)).await, 0);
}

#[tokio::test]
async fn a_joined_device_speaks_for_whoever_signs_in_on_it() {
    let it = contoso().await;
    let alice = it.user("alice").await;
    let id = create(&it, laptop()).await.unwrap().id;
    for (trust_type, expected) in [("AzureAd", true), ("serverad", true), ("Workplace", false)] {
        update(&it, &id, json!({ "trustType": trust_type })).await.unwrap();
        let found = it.directory.device_of(&id, &alice.id).await.unwrap();
        assert_eq!(found.is_some(), expected, "{trust_type}");
    }
    update(&it, &id, json!({ "trustType": null })).await.unwrap();
    assert_eq!(it.directory.device_of(&id, &alice.id).await.unwrap(), None);
}
