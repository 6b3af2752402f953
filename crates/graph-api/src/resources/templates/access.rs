//! Templates about who gets in, from what and how.

use serde_json::{Value as Json, json};

use super::{Template, any_of, everyone};

pub(super) fn templates() -> Vec<Template> {
    let mut templates = for_everyone();
    templates.extend(by_device_and_flow());
    templates
}

fn for_everyone() -> Vec<Template> {
    vec![
        Template {
            id: "f3050ca4-4100-56dd-b348-1372bbac3fcf",
            name: "Require multifactor authentication for everybody",
            description: "Everybody passes multifactor authentication, whatever he signs in to.",
            scenarios: "secureFoundation,zeroTrust,remoteWork",
            conditions: everyone(json!({})),
            grant_controls: any_of(&["mfa"]),
            session_controls: Json::Null,
        },
        Template {
            id: "4a7e1b27-67e3-56b9-8556-3a5d381786e4",
            name: "Require multifactor authentication for guests",
            description: "Guests and users of other organizations pass multifactor authentication.",
            scenarios: "zeroTrust,remoteWork",
            conditions: json!({
                "applications": { "includeApplications": ["All"] },
                "users": { "includeGuestsOrExternalUsers": {
                    "guestOrExternalUserTypes":
                        "internalGuest,b2bCollaborationGuest,b2bCollaborationMember,b2bDirectConnectUser,\
                         otherExternalUser,serviceProvider",
                    "externalTenants": {
                        "@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all",
                    },
                } },
            }),
            grant_controls: any_of(&["mfa"]),
            session_controls: Json::Null,
        },
        Template {
            id: "84f9e1ce-e12e-5eda-b85b-127f99679214",
            name: "Protect the registration of security information",
            description: "Methods of multifactor authentication are registered from trusted locations only, or after multifactor authentication, so that a stolen password is not enough to register another method.",
            scenarios: "secureFoundation,zeroTrust,remoteWork",
            conditions: json!({
                "applications": { "includeUserActions": ["urn:user:registersecurityinfo"] },
                "users": { "includeUsers": ["All"] },
                "locations": { "includeLocations": ["All"], "excludeLocations": ["AllTrusted"] },
            }),
            grant_controls: any_of(&["mfa"]),
            session_controls: Json::Null,
        },
        Template {
            id: "5e535f6c-30bd-5274-9892-62a23cc31e34",
            name: "Block clients that cannot pass multifactor authentication",
            description: "Clients of old protocols, which can only send a password, are blocked.",
            scenarios: "secureFoundation,zeroTrust,remoteWork",
            conditions: everyone(json!({ "clientAppTypes": ["exchangeActiveSync", "other"] })),
            grant_controls: any_of(&["block"]),
            session_controls: Json::Null,
        },
    ]
}

fn by_device_and_flow() -> Vec<Template> {
    vec![
        Template {
            id: "d645a640-3f02-5a55-8706-ec578f7b6df4",
            name: "Require a managed device or multifactor authentication",
            description: "Everybody signs in from a device that complies with the rules or is joined to a domain, or passes multifactor authentication.",
            scenarios: "secureFoundation,zeroTrust,remoteWork",
            conditions: everyone(json!({})),
            grant_controls: any_of(&["compliantDevice", "domainJoinedDevice", "mfa"]),
            session_controls: Json::Null,
        },
        Template {
            id: "39b354ed-5782-5bc1-b742-f86370191034",
            name: "Sign out of unmanaged devices",
            description: "On a device that does not comply with the rules, closing the browser signs out, and everybody signs in again after an hour.",
            scenarios: "zeroTrust,remoteWork",
            conditions: everyone(json!({ "devices": { "deviceFilter": {
                "mode": "exclude", "rule": "device.isCompliant -eq True",
            } } })),
            grant_controls: Json::Null,
            session_controls: json!({
                "signInFrequency": { "isEnabled": true, "frequencyInterval": "timeBased", "type": "hours", "value": 1 },
                "persistentBrowser": { "isEnabled": true, "mode": "never" },
            }),
        },
        Template {
            id: "6257affc-57be-5f0d-b18c-9b817267e9d3",
            name: "Block the device code flow",
            description: "Sign-ins by a code that is typed in on another device, which attackers ask their victims to do, are blocked.",
            scenarios: "zeroTrust,emergingThreats",
            conditions: everyone(json!({ "authenticationFlows": { "transferMethods": "deviceCodeFlow" } })),
            grant_controls: any_of(&["block"]),
            session_controls: Json::Null,
        },
    ]
}
