//! §3.7: controls about the device.

use riskgate_access::BlockReason::{DeviceNotCompliant, DeviceNotDomainJoined};
use riskgate_model::{DeviceFacts, SignInFacts, TransferMethod};
use serde_json::{Value, json};

use crate::case::{Case, blocks, grants};
use crate::common::*;

fn compliant(is_compliant: Option<bool>) -> SignInFacts {
    facts_with(|f| f.device = Some(DeviceFacts { is_compliant, ..DeviceFacts::default() }))
}

fn trusted(trust_type: &str) -> SignInFacts {
    facts_with(|f| {
        f.device = Some(DeviceFacts { trust_type: Some(trust_type.to_owned()), ..DeviceFacts::default() })
    })
}

fn by(method: TransferMethod, mut facts: SignInFacts) -> SignInFacts {
    facts.authentication.transfer_method = Some(method);
    facts
}

pub fn cases() -> Vec<Case> {
    use TransferMethod::{AuthenticationTransfer, DeviceCodeFlow};
    let grant = |control: &str| json!({"grantControls": {"operator": "OR", "builtInControls": [control]}});
    let compliance = || -> Value { grant("compliantDevice") };
    let domain = || -> Value { grant("domainJoinedDevice") };
    let managed =
        || facts_with(|f| f.device = Some(DeviceFacts { is_managed: Some(true), ..DeviceFacts::default() }));
    vec![
        grants("§3.7 A compliant device", compliant(Some(true)), compliance()),
        blocks(
            "§3.7 A device that is not compliant",
            compliant(Some(false)),
            compliance(),
            DeviceNotCompliant,
        ),
        blocks("§3.2 A device of which nobody says so", compliant(None), compliance(), DeviceNotCompliant),
        blocks("§3.7 No device was proven", facts(), compliance(), DeviceNotCompliant),
        blocks("§3.7 Managed is not compliant", managed(), compliance(), DeviceNotCompliant),
        blocks("§3.7 Joined is not compliant", trusted("ServerAD"), compliance(), DeviceNotCompliant),
        grants("§3.7 A hybrid joined device", trusted("ServerAD"), domain()),
        grants("§3.7 Its kind of trust in any case", trusted("serverad"), domain()),
        blocks(
            "§3.7 A device joined to the directory only",
            trusted("AzureAD"),
            domain(),
            DeviceNotDomainJoined,
        ),
        blocks("§3.7 A registered device", trusted("Workplace"), domain(), DeviceNotDomainJoined),
        blocks(
            "§3.7 A compliant device is not joined",
            compliant(Some(true)),
            domain(),
            DeviceNotDomainJoined,
        ),
        blocks("§3.7 Without a device nothing is joined", facts(), domain(), DeviceNotDomainJoined),
        blocks(
            "§3.7 The device code flow proves no compliance",
            by(DeviceCodeFlow, compliant(Some(true))),
            compliance(),
            DeviceNotCompliant,
        ),
        blocks(
            "§3.7 The device code flow proves no join",
            by(DeviceCodeFlow, trusted("ServerAD")),
            domain(),
            DeviceNotDomainJoined,
        ),
        grants(
            "§3.7 A transferred session may prove compliance",
            by(AuthenticationTransfer, compliant(Some(true))),
            compliance(),
        ),
    ]
}
