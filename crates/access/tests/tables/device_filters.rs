//! §3.6: filters for devices, their rule language and what null means in it.

use riskgate_model::{DeviceFacts, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn device() -> DeviceFacts {
    DeviceFacts {
        device_id: Some("device-7".to_owned()),
        display_name: Some("Reception Desk".to_owned()),
        device_ownership: Some("Company".to_owned()),
        enrollment_profile_name: Some("Kiosk".to_owned()),
        is_compliant: Some(true),
        is_managed: None,
        manufacturer: Some("Contoso".to_owned()),
        mdm_app_id: Some("mdm-1".to_owned()),
        model: Some("Book Pro".to_owned()),
        operating_system: Some("Windows".to_owned()),
        operating_system_version: Some("10.0.26100".to_owned()),
        physical_ids: vec!["[ZTDID]:1".to_owned(), "[OrderID]:2".to_owned()],
        profile_type: Some("RegisteredDevice".to_owned()),
        system_labels: vec!["Cloud".to_owned()],
        trust_type: Some("AzureAD".to_owned()),
        extension_attributes: [(1, "SAW".to_owned()), (15, "last".to_owned())].into(),
    }
}

fn on(change: impl FnOnce(&mut DeviceFacts)) -> SignInFacts {
    let mut device = device();
    change(&mut device);
    facts_with(|f| f.device = Some(device))
}

fn registered() -> SignInFacts {
    on(|_| {})
}

fn include(rule: &str) -> Value {
    json!({"devices": {"deviceFilter": {"mode": "include", "rule": rule}}})
}

fn exclude(rule: &str) -> Value {
    json!({"devices": {"deviceFilter": {"mode": "exclude", "rule": rule}}})
}

fn attributes() -> Vec<Case> {
    [
        ("§3.6 deviceId", r#"device.deviceId -eq "device-7""#),
        ("§3.6 displayName", r#"device.displayName -eq "Reception Desk""#),
        ("§3.6 deviceOwnership", r#"device.deviceOwnership -eq "Company""#),
        ("§3.6 enrollmentProfileName", r#"device.enrollmentProfileName -eq "Kiosk""#),
        ("§3.6 isCompliant", "device.isCompliant -eq True"),
        ("§3.6 manufacturer", r#"device.manufacturer -eq "Contoso""#),
        ("§3.6 mdmAppId", r#"device.mdmAppId -eq "mdm-1""#),
        ("§3.6 model", r#"device.model -eq "Book Pro""#),
        ("§3.6 operatingSystem", r#"device.operatingSystem -eq "Windows""#),
        ("§3.6 operatingSystemVersion", r#"device.operatingSystemVersion -startsWith "10.0""#),
        ("§3.6 physicalIds", r#"device.physicalIds -contains "[OrderID]:2""#),
        ("§3.6 profileType", r#"device.profileType -eq "RegisteredDevice""#),
        ("§3.6 systemLabels", r#"device.systemLabels -contains "Cloud""#),
        ("§3.6 trustType", r#"device.trustType -eq "AzureAD""#),
        ("§3.6 extensionAttribute1", r#"device.extensionAttribute1 -eq "SAW""#),
        ("§3.6 extensionAttribute15", r#"device.extensionAttribute15 -eq "last""#),
    ]
    .into_iter()
    .map(|(rule, text)| applies(rule, registered(), include(text)))
    .collect()
}

fn operators() -> Vec<Case> {
    vec![
        passes_over("§3.6 -eq is not -contains", registered(), include(r#"device.model -eq "Book""#)),
        applies(
            "§3.6 Texts are compared without regard to case",
            registered(),
            include(r#"device.model -eq "BOOK PRO""#),
        ),
        applies("§3.6 -ne", registered(), include(r#"device.model -ne "Book""#)),
        passes_over("§3.6 -ne of the same", registered(), include(r#"device.model -ne "Book Pro""#)),
        applies("§3.6 -startsWith", registered(), include(r#"device.model -startsWith "Book""#)),
        passes_over("§3.6 -startsWith elsewhere", registered(), include(r#"device.model -startsWith "Pro""#)),
        applies("§3.6 -notStartsWith", registered(), include(r#"device.model -notStartsWith "Pro""#)),
        applies("§3.6 -endsWith", registered(), include(r#"device.model -endsWith "Pro""#)),
        passes_over("§3.6 -notEndsWith", registered(), include(r#"device.model -notEndsWith "Pro""#)),
        applies(
            "§3.6 -contains is a part of a text",
            registered(),
            include(r#"device.model -contains "ok P""#),
        ),
        passes_over("§3.6 -notContains", registered(), include(r#"device.model -notContains "ok P""#)),
        passes_over(
            "§3.6 -contains is a whole element of a collection",
            registered(),
            include(r#"device.physicalIds -contains "[ZTDID]""#),
        ),
        applies(
            "§3.6 -notContains of a part of an element",
            registered(),
            include(r#"device.physicalIds -notContains "[ZTDID]""#),
        ),
        applies("§3.6 -in", registered(), include(r#"device.model -in ["Air", "Book Pro"]"#)),
        passes_over("§3.6 -in of others", registered(), include(r#"device.model -in ["Air", "Book"]"#)),
        applies("§3.6 -notIn", registered(), include(r#"device.model -notIn ["Air", "Book"]"#)),
        passes_over(
            "§3.6 -notIn of the same",
            registered(),
            include(r#"device.model -notIn ["Air", "Book Pro"]"#),
        ),
        passes_over("§3.6 isCompliant -eq False", registered(), include("device.isCompliant -eq False")),
        applies("§3.6 isCompliant -ne False", registered(), include("device.isCompliant -ne False")),
    ]
}

fn joined() -> Vec<Case> {
    let (yes, no) = (r#"device.model -eq "Book Pro""#, r#"device.model -eq "Air""#);
    let rule = |text: &str| include(&text.replace("yes", yes).replace("no", no).replace("-nt", "-not"));
    vec![
        applies("§3.6 -and of both", registered(), rule("yes -and yes")),
        passes_over("§3.6 -and of one", registered(), rule("yes -and no")),
        applies("§3.6 -or of one", registered(), rule("no -or yes")),
        passes_over("§3.6 -or of none", registered(), rule("no -or no")),
        passes_over("§3.6 -not", registered(), rule("-nt (yes)")),
        applies("§3.6 -not of what does not hold", registered(), rule("-nt (no)")),
        applies("§3.6 -and binds more than -or", registered(), rule("yes -or yes -and no")),
        passes_over("§3.6 Brackets bind more than -and", registered(), rule("(yes -or yes) -and no")),
        applies("§3.6 -not binds more than -and", registered(), rule("-nt (no) -and yes")),
        passes_over("§3.6 -not of a bracket", registered(), rule("-nt (no -or yes)")),
    ]
}

fn nulls() -> Vec<Case> {
    let bare = || on(|device| *device = DeviceFacts::default());
    let unproven = facts;
    let untrusted = || on(|device| device.is_compliant = None);
    let attribute = || include(r#"device.extensionAttribute1 -eq "SAW""#);
    vec![
        passes_over("§3.6 Null: -eq never matches", unproven(), include(r#"device.model -eq "Air""#)),
        applies("§3.6 Null: -ne matches", unproven(), include(r#"device.model -ne "Air""#)),
        passes_over(
            "§3.6 Null: -startsWith never matches",
            unproven(),
            include(r#"device.model -startsWith "A""#),
        ),
        applies(
            "§3.6 Null: -notStartsWith matches",
            unproven(),
            include(r#"device.model -notStartsWith "A""#),
        ),
        passes_over(
            "§3.6 Null: -endsWith never matches",
            unproven(),
            include(r#"device.model -endsWith "r""#),
        ),
        applies("§3.6 Null: -notEndsWith matches", unproven(), include(r#"device.model -notEndsWith "r""#)),
        passes_over(
            "§3.6 Null: -contains never matches",
            unproven(),
            include(r#"device.model -contains "i""#),
        ),
        applies("§3.6 Null: -notContains matches", unproven(), include(r#"device.model -notContains "i""#)),
        passes_over("§3.6 Null: -in never matches", unproven(), include(r#"device.model -in ["Air"]"#)),
        applies("§3.6 Null: -notIn matches", unproven(), include(r#"device.model -notIn ["Air"]"#)),
        passes_over(
            "§3.6 Null: isCompliant -eq False never matches",
            unproven(),
            include("device.isCompliant -eq False"),
        ),
        applies(
            "§3.6 Null: isCompliant -ne True matches",
            unproven(),
            include("device.isCompliant -ne True"),
        ),
        passes_over(
            "§3.6 Null: a collection contains nothing",
            unproven(),
            include(r#"device.physicalIds -contains "x""#),
        ),
        applies(
            "§3.6 Null: a collection does not contain",
            unproven(),
            include(r#"device.systemLabels -notContains "x""#),
        ),
        applies("§3.6 An attribute nobody set is null too", bare(), include(r#"device.model -ne "Air""#)),
        passes_over(
            "§3.6 An attribute nobody set never matches",
            bare(),
            include(r#"device.model -contains "A""#),
        ),
        applies("§3.6 Mode exclude: what does not match", unproven(), exclude(r#"device.model -eq "Air""#)),
        passes_over("§3.6 Mode exclude: what matches", registered(), exclude("device.isCompliant -eq True")),
        passes_over(
            "§3.6 Mode exclude: a negative rule lets unregistered devices out",
            unproven(),
            exclude(r#"device.model -ne "Air""#),
        ),
        applies("§3.6 No filter is every device", unproven(), json!({"devices": {"deviceFilter": null}})),
        applies("§3.6 Extension attributes count for compliant devices", registered(), attribute()),
        passes_over("§3.6 They do not for others", untrusted(), attribute()),
        passes_over(
            "§3.6 They do not for noncompliant ones",
            on(|device| device.is_compliant = Some(false)),
            attribute(),
        ),
        applies(
            "§3.6 They do for managed ones",
            on(|device| (device.is_compliant, device.is_managed) = (None, Some(true))),
            attribute(),
        ),
        applies(
            "§3.6 They do for hybrid joined ones",
            on(|device| (device.is_compliant, device.trust_type) = (None, Some("ServerAD".to_owned()))),
            attribute(),
        ),
        applies(
            "§3.6 Where they do not count they are null",
            untrusted(),
            include(r#"device.extensionAttribute1 -ne "SAW""#),
        ),
        passes_over(
            "§3.6 An extension attribute nobody set is null",
            registered(),
            include(r#"device.extensionAttribute2 -eq "SAW""#),
        ),
        applies("§3.2 A rule that cannot be read closes", registered(), include("device.model -eq")),
        applies(
            "§3.2 A rule that cannot be read excludes nothing",
            registered(),
            exclude(r#"device.color -eq "red""#),
        ),
    ]
}

pub fn cases() -> Vec<Case> {
    [attributes(), operators(), joined(), nulls()].into_iter().flatten().collect()
}
