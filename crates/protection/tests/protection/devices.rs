//! Devices, guests and insider risk, as the decision sees them.

use std::time::Duration;

use riskgate_core::{Clock, Rng};
use riskgate_directory::{Actor, DeviceKey, UserChange};
use riskgate_model::{
    Device, ExternalUserKind, InsiderRiskLevel, OnPremisesExtensionAttributes, SignInFacts, User,
};
use riskgate_protection::SignInKind;
use riskgate_store::records::{DeviceRegistration, DeviceRelation};
use serde_json::{Value, json};

use crate::support::{HOME, World};

const DEVICE_ID: &str = "4c299165-6e8f-4b45-a5ba-c5d250a707ff";

/// A device of Alice's.
async fn laptop(world: &World) -> Device {
    let device = Device {
        id: world.rng.guid(),
        account_enabled: Some(true),
        device_id: Some(DEVICE_ID.to_owned()),
        display_name: Some("Laptop".to_owned()),
        operating_system: Some("Windows".to_owned()),
        trust_type: Some("Workplace".to_owned()),
        extension_attributes: Some(OnPremisesExtensionAttributes {
            extension_attribute_7: Some("kiosk".to_owned()),
            ..OnPremisesExtensionAttributes::default()
        }),
        ..Device::default()
    };
    world.insert(&device).await;
    world.insert(&DeviceRegistration::new(&device.id, &world.alice.id, DeviceRelation::Owner)).await;
    device
}

/// What a sign-in on the device is judged by.
async fn facts_on(world: &World, device: &Device) -> SignInFacts {
    let mut attempt = world.attempt(SignInKind::SessionReuse, HOME);
    attempt.authentication.device_id = Some(device.id.clone());
    let id = world.protection.judge(&attempt).await.unwrap().sign_in_id;
    world.record(&id).await.evidence.facts
}

async fn patch(world: &World, device: &Device, properties: Value) {
    let Value::Object(properties) = properties else { panic!("no object") };
    let key = DeviceKey::Id(&device.id);
    world.directory.update_device(&Actor::system(), key, &properties).await.unwrap();
}

pub(crate) async fn a_proven_device_is_looked_up_anew_at_every_decision(world: World) {
    let device = laptop(&world).await;
    let seen = facts_on(&world, &device).await.device.unwrap();
    assert_eq!((seen.device_id.as_deref(), seen.is_compliant), (Some(DEVICE_ID), None));
    patch(&world, &device, json!({ "isCompliant": true })).await;
    let seen = facts_on(&world, &device).await.device.unwrap();
    assert_eq!(seen.is_compliant, Some(true));
    assert_eq!(seen.extension_attributes.get(&7).map(String::as_str), Some("kiosk"));
    let until = (world.clock.now() + Duration::from_secs(60)).to_string();
    patch(&world, &device, json!({ "complianceExpirationDateTime": until })).await;
    assert_eq!(facts_on(&world, &device).await.device.unwrap().is_compliant, Some(true));
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(facts_on(&world, &device).await.device.unwrap().is_compliant, Some(false));
    patch(&world, &device, json!({ "accountEnabled": false })).await;
    assert_eq!(facts_on(&world, &device).await.device, None);
    patch(&world, &device, json!({ "accountEnabled": true })).await;
    assert!(facts_on(&world, &device).await.device.is_some());
    world.directory.delete_device(&Actor::system(), DeviceKey::Id(&device.id)).await.unwrap();
    assert_eq!(facts_on(&world, &device).await.device, None);
}

pub(crate) async fn a_device_of_somebody_else_says_nothing(world: World) {
    let device = laptop(&world).await;
    let (key, alice) = (DeviceKey::Id(&device.id), world.alice.id.clone());
    world.directory.remove_device_person(&Actor::system(), key, DeviceRelation::Owner, &alice).await.unwrap();
    assert_eq!(facts_on(&world, &device).await.device, None);
    world.directory.add_device_person(&Actor::system(), key, DeviceRelation::User, &alice).await.unwrap();
    assert!(facts_on(&world, &device).await.device.is_some());
}

pub(crate) async fn a_sign_in_shows_its_device(world: World) {
    let device = laptop(&world).await;
    patch(&world, &device, json!({ "isCompliant": true, "isManaged": true })).await;
    let mut attempt = world.attempt(SignInKind::Interactive, HOME);
    attempt.authentication.device_id = Some(device.id.clone());
    let id = world.protection.judge(&attempt).await.unwrap().sign_in_id;
    let shown = world.record(&id).await.sign_in.device_detail.unwrap();
    assert_eq!((shown.device_id.as_deref(), shown.display_name.as_deref()), (Some(DEVICE_ID), Some("Laptop")));
    assert_eq!((shown.is_compliant, shown.is_managed), (Some(true), Some(true)));
    assert_eq!(shown.trust_type.as_deref(), Some("Azure AD registered"));
    // Without the cookie at the second step, the sign-in ends without the device.
    world.pass_mfa(&id).await;
    let record = world.record(&id).await;
    assert_eq!(record.evidence.facts.device, None);
    assert_eq!(record.sign_in.device_detail.unwrap().device_id, None);
}

pub(crate) async fn guests_are_told_apart_by_their_accounts(world: World) {
    use ExternalUserKind::{B2bCollaborationGuest, B2bCollaborationMember, InternalGuest};
    for (user_type, creation_type, name, expected) in [
        ("Member", None, "alice@contoso.com", None),
        ("Guest", None, "alice@contoso.com", Some(InternalGuest)),
        ("Guest", Some("Invitation"), "alice@contoso.com", Some(B2bCollaborationGuest)),
        ("guest", None, "alice_fabrikam.com#EXT#@contoso.com", Some(B2bCollaborationGuest)),
        ("Member", Some("Invitation"), "alice@contoso.com", Some(B2bCollaborationMember)),
        ("Member", None, "alice_fabrikam.com#ext#@contoso.com", Some(B2bCollaborationMember)),
    ] {
        let mut attempt = world.attempt(SignInKind::SessionReuse, HOME);
        attempt.user = User {
            user_type: Some(user_type.to_owned()),
            creation_type: creation_type.map(str::to_owned),
            user_principal_name: Some(name.to_owned()),
            ..attempt.user
        };
        let id = world.protection.judge(&attempt).await.unwrap().sign_in_id;
        let user = world.record(&id).await.evidence.facts.user;
        assert_eq!(user.external.as_ref().map(|found| found.kind), expected, "{user_type} {creation_type:?} {name}");
        assert!(user.external.is_none_or(|found| found.tenant_id.is_none()));
        assert_eq!(user.is_guest, user_type.eq_ignore_ascii_case("guest"));
    }
}

pub(crate) async fn insider_risk_is_what_the_attribute_says_and_unknown_without_one(world: World) {
    let watching = world.other_node().with_insider_risk_attribute(Some(15));
    for (text, expected) in [
        (None, Some(InsiderRiskLevel::None)),
        (Some("none"), Some(InsiderRiskLevel::None)),
        (Some("minor"), Some(InsiderRiskLevel::Minor)),
        (Some(" Elevated "), Some(InsiderRiskLevel::Elevated)),
        (Some("severe"), None),
        (Some("unknownFutureValue"), None),
    ] {
        let attributes = json!({ "onPremisesExtensionAttributes": { "extensionAttribute15": text } });
        let Value::Object(properties) = attributes else { unreachable!() };
        let change = UserChange { properties, password: None };
        let changed = world.directory.update_user(&Actor::system(), &world.alice.id, &change).await.unwrap();
        for (protection, expected) in [(&watching, expected), (&world.protection, None)] {
            let mut attempt = world.attempt(SignInKind::SessionReuse, HOME);
            attempt.user = changed.user.clone();
            let id = protection.judge(&attempt).await.unwrap().sign_in_id;
            let level = world.record(&id).await.evidence.facts.user.insider_risk_level;
            assert_eq!(level, expected, "{text:?}");
        }
    }
}
