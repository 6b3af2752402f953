//! §3.4: what a user does instead of using a resource.

use riskgate_access::{BlockReason, Control};
use riskgate_model::{SignInFacts, UserAction};
use serde_json::{Value, json};

use crate::case::{Case, applies, asks, blocks, grants, passes_over};
use crate::common::*;

const REGISTER_INFO: &str = "urn:user:registersecurityinfo";
const REGISTER_DEVICE: &str = "urn:user:registerdevice";

fn doing(action: UserAction) -> SignInFacts {
    facts_with(|f| {
        f.application.user_action = Some(action);
        f.application.resource_app_ids.clear();
    })
}

fn actions(urns: &[&str]) -> Value {
    json!({"applications": {"includeApplications": [], "includeUserActions": urns}})
}

pub fn cases() -> Vec<Case> {
    use UserAction::{RegisterOrJoinDevices, RegisterSecurityInformation};
    let all_but =
        |id: &str| json!({"applications": {"includeApplications": ["All"], "excludeApplications": [id]}});
    let block = |urn: &str| json!({"conditions": actions(&[urn]), "grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    let with_resource = || facts_with(|f| f.application.user_action = Some(RegisterSecurityInformation));
    vec![
        applies(
            "§3.4 Registering security information",
            doing(RegisterSecurityInformation),
            actions(&[REGISTER_INFO]),
        ),
        applies("§3.4 Registering a device", doing(RegisterOrJoinDevices), actions(&[REGISTER_DEVICE])),
        applies(
            "§3.4 The name of an action in capitals is the same",
            doing(RegisterOrJoinDevices),
            actions(&["URN:USER:REGISTERDEVICE"]),
        ),
        applies(
            "§3.1.3 Actions are ORed",
            doing(RegisterOrJoinDevices),
            actions(&[REGISTER_INFO, REGISTER_DEVICE]),
        ),
        passes_over("§3.4 Another action", doing(RegisterSecurityInformation), actions(&[REGISTER_DEVICE])),
        passes_over(
            "§3.4 Another action the other way round",
            doing(RegisterOrJoinDevices),
            actions(&[REGISTER_INFO]),
        ),
        passes_over(
            "§3.4 Using a resource is no action",
            facts(),
            actions(&[REGISTER_INFO, REGISTER_DEVICE]),
        ),
        applies("Contract §1.2.3 All covers user actions", doing(RegisterSecurityInformation), json!({})),
        applies(
            "Contract §1.2.3 Exclusions of resources exclude no action",
            doing(RegisterOrJoinDevices),
            all_but(APP),
        ),
        applies("§3.4 Resources do not matter to an action", with_resource(), all_but(APP)),
        passes_over(
            "§3.4 A policy about a resource is about no action",
            with_resource(),
            json!({"applications": {"includeApplications": [APP]}}),
        ),
        blocks(
            "§3.11 Blocked registration has its own reason",
            doing(RegisterSecurityInformation),
            block(REGISTER_INFO),
            BlockReason::RegistrationNotAllowed,
        ),
        blocks(
            "§3.11 Also when it is a policy about everything",
            doing(RegisterSecurityInformation),
            json!({"grantControls": {"operator": "OR", "builtInControls": ["block"]}}),
            BlockReason::RegistrationNotAllowed,
        ),
        blocks(
            "§3.11 A blocked device registration has not",
            doing(RegisterOrJoinDevices),
            block(REGISTER_DEVICE),
            BlockReason::Policy,
        ),
        blocks(
            "§3.11 A missing device keeps its reason at registration",
            doing(RegisterSecurityInformation),
            json!({"conditions": actions(&[REGISTER_INFO]), "grantControls": {"operator": "OR", "builtInControls": ["compliantDevice"]}}),
            BlockReason::DeviceNotCompliant,
        ),
        asks(
            "§3.4 MFA may be asked for to register a device",
            doing(RegisterOrJoinDevices),
            json!({"conditions": actions(&[REGISTER_DEVICE])}),
            &[Control::Mfa],
        ),
        grants("§3.4 A blocked action does not block resources", facts(), block(REGISTER_INFO)),
    ]
}
