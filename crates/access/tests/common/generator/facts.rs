//! Random sign-ins.

use std::time::Duration;

use riskgate_model::*;

use super::super::world::*;
use super::choices::Choices;

/// Ages of a passed factor in microseconds: around every limit a generated policy may set.
const AGES: &[u64] = &[
    0,
    60_000_000,
    300_000_000,
    300_000_001,
    3_600_000_000,
    3_600_000_001,
    7_200_000_000,
    7_201_000_000,
    86_400_000_000,
    86_401_000_000,
    7_776_000_000_000,
];

pub fn risk_level(choices: &Choices) -> RiskLevel {
    use RiskLevel::{Hidden, High, Low, Medium, None, UnknownFutureValue};
    choices.one(&[None, None, None, Low, Low, Medium, High, Hidden, UnknownFutureValue])
}

pub fn sign_in(choices: &Choices) -> SignInFacts {
    SignInFacts {
        at: now(),
        user: user(choices),
        application: application(choices),
        client: ClientFacts {
            platform: choices.sometimes(80, || platform(choices)),
            ..ClientFacts::default()
        },
        network: network(choices),
        device: choices.sometimes(65, || device(choices)),
        authentication: authentication(choices),
    }
}

fn user(choices: &Choices) -> UserFacts {
    use AuthenticationMethodKind::{Fido2, MicrosoftAuthenticatorPush, Password, SoftwareOath};
    use ExternalUserKind::*;
    let external = || ExternalUserFacts {
        kind: choices.one(&[
            InternalGuest,
            B2bCollaborationGuest,
            B2bCollaborationMember,
            B2bDirectConnectUser,
            OtherExternalUser,
            ServiceProvider,
        ]),
        tenant_id: choices.sometimes(75, || choices.one(TENANTS).to_owned()),
    };
    let unknown = InsiderRiskLevel::UnknownFutureValue;
    let insider = || if choices.percent(10) { unknown } else { choices.member(&[]) };
    let set = |chance, items: &[&str]| {
        let chosen = choices.sometimes(chance, || choices.some(items, 2));
        chosen.unwrap_or_default().into_iter().map(str::to_owned).collect()
    };
    let mut user = UserFacts::new(choices.one(&[USER, USER, THIRD_USER]));
    user.is_guest = choices.percent(20);
    user.external = choices.sometimes(40, external);
    user.group_ids = set(60, GROUPS);
    user.role_template_ids = set(50, ROLES);
    user.risk_level = risk_level(choices);
    user.insider_risk_level = choices.sometimes(80, insider);
    user.registered_methods = choices.one(&[
        [Password, SoftwareOath].into(),
        [Password, SoftwareOath].into(),
        [SoftwareOath].into(),
        [Password, Fido2].into(),
        [Password, MicrosoftAuthenticatorPush].into(),
        [Password, SoftwareOath, Fido2].into(),
        [Password].into(),
        [].into(),
    ]);
    user.accepted_agreement_ids = set(50, AGREEMENTS);
    user
}

fn application(choices: &Choices) -> ApplicationFacts {
    use ClientAppType::{Browser, MobileAppsAndDesktopClients, Other};
    use UserAction::{RegisterOrJoinDevices, RegisterSecurityInformation, UnknownFutureValue};
    let kind =
        choices.one(&[Browser, Browser, MobileAppsAndDesktopClients, MobileAppsAndDesktopClients, Other]);
    let mut application = ApplicationFacts::new(OTHER_APP, kind);
    if choices.percent(20) {
        let known = [RegisterSecurityInformation, RegisterSecurityInformation, RegisterOrJoinDevices];
        application.user_action =
            Some(if choices.percent(10) { UnknownFutureValue } else { choices.one(&known) });
    } else if choices.percent(88) {
        application.resource_app_ids = choices.some(&resources(), 2).into_iter().map(str::to_owned).collect();
        let known = application.resource_app_ids.iter().filter(|_| choices.percent(85));
        application.resource_attributes =
            known.map(|id| (id.to_lowercase(), security_attributes(choices))).collect();
    }
    if choices.percent(40) {
        application.authentication_contexts =
            choices.some(CONTEXTS, 2).into_iter().map(str::to_owned).collect();
    }
    application
}

fn security_attributes(choices: &Choices) -> SecurityAttributeFacts {
    let text = || choices.one(SECURITY_VALUES).to_owned();
    let texts = || choices.some(SECURITY_VALUES, 2).into_iter().map(str::to_owned).collect();
    let value = || match choices.percent(60) {
        true => SecurityAttributeFact::Text(text()),
        false => SecurityAttributeFact::Texts(texts()),
    };
    let names = SECURITY_ATTRIBUTES.iter().map(|name| name.to_lowercase());
    names.filter_map(|name| Some((name, choices.sometimes(60, value)?))).collect()
}

/// `all` is what nobody is on, and a platform of the future nobody knows.
fn platform(choices: &Choices) -> ConditionalAccessDevicePlatform {
    match choices.percent(5) {
        true => ConditionalAccessDevicePlatform::UnknownFutureValue,
        false => choices.member(&[]),
    }
}

/// A request of an application on its own behalf.
pub fn workload(choices: &Choices) -> WorkloadFacts {
    let asked = application(choices);
    WorkloadFacts {
        at: now(),
        service_principal_id: choices.one(SERVICE_PRINCIPALS).to_owned(),
        client_app_id: OTHER_APP.to_owned(),
        is_single_tenant: choices.percent(80),
        risk_level: risk_level(choices),
        client_attributes: choices.sometimes(85, || security_attributes(choices)),
        resource_app_ids: asked.resource_app_ids,
        resource_attributes: asked.resource_attributes,
        authentication_contexts: asked.authentication_contexts,
        network: network(choices),
    }
}

fn network(choices: &Choices) -> NetworkFacts {
    let mut network = NetworkFacts::unknown(choices.one(ADDRESSES).parse().unwrap());
    network.location = choices.sometimes(75, || SignInLocation {
        country_or_region: choices
            .one(&[None, Some(""), Some("NO"), Some("no"), Some("SE")])
            .map(str::to_owned),
        ..SignInLocation::default()
    });
    network
}

fn device(choices: &Choices) -> DeviceFacts {
    let text = || choices.sometimes(60, || choices.one(DEVICE_VALUES).to_owned());
    let texts = || choices.sometimes(60, || choices.some(DEVICE_VALUES, 2)).unwrap_or_default();
    let yes_or_no = || choices.one(&[None, Some(true), Some(false)]);
    DeviceFacts {
        device_id: text(),
        display_name: text(),
        device_ownership: text(),
        enrollment_profile_name: text(),
        is_compliant: yes_or_no(),
        is_managed: yes_or_no(),
        manufacturer: text(),
        mdm_app_id: text(),
        model: text(),
        operating_system: text(),
        operating_system_version: text(),
        physical_ids: texts().into_iter().map(str::to_owned).collect(),
        profile_type: text(),
        system_labels: texts().into_iter().map(str::to_owned).collect(),
        trust_type: choices
            .one(&[None, Some("AzureAD"), Some("ServerAD"), Some("serverad"), Some("Workplace")])
            .map(str::to_owned),
        extension_attributes: (1..=15).filter_map(|number| Some((number, text()?))).collect(),
    }
}

fn authentication(choices: &Choices) -> AuthenticationFacts {
    use AuthenticationMethodKind::{Fido2, MicrosoftAuthenticatorPush, Password, SoftwareOath};
    let used = |method| {
        let age = choices.one(AGES);
        MethodUse { method, at: now() - Duration::from_micros(age) }
    };
    let mut methods = Vec::new();
    methods
        .extend(choices.sometimes(3, || MethodUse { method: Password, at: now() + Duration::from_secs(60) }));
    for (method, chance) in [
        (Password, 95),
        (Password, 10),
        (SoftwareOath, 55),
        (SoftwareOath, 10),
        (Fido2, 12),
        (MicrosoftAuthenticatorPush, 12),
    ] {
        methods.extend(choices.sometimes(chance, || used(method)));
    }
    methods.sort_by_key(|used| used.at);
    AuthenticationFacts {
        methods,
        transfer_method: choices.sometimes(25, || {
            choices.one(&[TransferMethod::DeviceCodeFlow, TransferMethod::AuthenticationTransfer])
        }),
        device_id: None,
        federation: None,
    }
}
