//! Every operator against a value that satisfies it, one that does not, and null in both its forms
//! (`entra-semantics` §3.6).

use riskgate_model::DeviceFacts;

use super::{full_device, matches};

#[test]
fn operators_on_texts() {
    let device = full_device();
    for (positive, negative, value, holds) in [
        ("-eq", "-ne", "\"laptop-17\"", true),
        ("-eq", "-ne", "\"laptop\"", false),
        ("-startsWith", "-notStartsWith", "\"lap\"", true),
        ("-startsWith", "-notStartsWith", "\"top\"", false),
        ("-endsWith", "-notEndsWith", "\"-17\"", true),
        ("-endsWith", "-notEndsWith", "\"-1\"", false),
        ("-contains", "-notContains", "\"TOP\"", true),
        ("-contains", "-notContains", "\"tap\"", false),
        ("-contains", "-notContains", "\"\"", true),
        ("-in", "-notIn", "[\"x\", \"Laptop-17\"]", true),
        ("-in", "-notIn", "[\"laptop\"]", false),
    ] {
        for (operator, expected) in [(positive, holds), (negative, !holds)] {
            let rule = format!("device.displayName {operator} {value}");
            assert_eq!(matches(&rule, Some(&device)), expected, "{rule}");
        }
    }
}

#[test]
fn null_satisfies_negative_operators_and_no_positive_one() {
    let registered_but_unset = DeviceFacts::default();
    for (positive, negative, value) in [
        ("-eq", "-ne", "\"\""),
        ("-startsWith", "-notStartsWith", "\"\""),
        ("-endsWith", "-notEndsWith", "\"\""),
        ("-contains", "-notContains", "\"\""),
        ("-in", "-notIn", "[\"\"]"),
    ] {
        for device in [None, Some(&registered_but_unset)] {
            let rule = |operator: &str| format!("device.model {operator} {value}");
            assert!(!matches(&rule(positive), device), "{positive} of {device:?}");
            assert!(matches(&rule(negative), device), "{negative} of {device:?}");
            assert!(matches(&format!("-not ({})", rule(positive)), device), "-not {positive} of {device:?}");
            assert!(!matches(&format!("-not ({})", rule(negative)), device), "-not {negative} of {device:?}");
        }
    }
}

#[test]
fn whether_an_attribute_is_null_can_be_asked() {
    let (full, empty) = (full_device(), DeviceFacts::default());
    for attribute in ["model", "isCompliant", "physicalIds", "extensionAttribute7"] {
        for (device, is_null) in [(None, true), (Some(&empty), true), (Some(&full), false)] {
            let context = format!("{attribute} of {device:?}");
            assert_eq!(matches(&format!("device.{attribute} -eq null"), device), is_null, "{context}");
            assert_eq!(matches(&format!("device.{attribute} -ne NULL"), device), !is_null, "{context}");
        }
    }
}

#[test]
fn booleans_are_true_false_or_null() {
    for (is_compliant, equal_true, equal_false) in
        [(Some(true), true, false), (Some(false), false, true), (None, false, false)]
    {
        let device = DeviceFacts { is_compliant, ..DeviceFacts::default() };
        for (word, holds) in [("True", equal_true), ("false", equal_false), ("\"True\"", equal_true)] {
            let context = format!("{is_compliant:?} and {word}");
            let rule = |operator: &str| format!("device.isCompliant {operator} {word}");
            assert_eq!(matches(&rule("-eq"), Some(&device)), holds, "{context}");
            assert_eq!(matches(&rule("-ne"), Some(&device)), !holds, "{context}");
        }
    }
    assert!(!matches("device.isCompliant -eq True", None));
    assert!(!matches("device.isCompliant -eq False", None));
    assert!(matches("device.isCompliant -ne True", None));
}

#[test]
fn collections_contain_whole_items() {
    let (full, empty) = (full_device(), DeviceFacts::default());
    for (device, value, holds) in [
        (Some(&full), "[ztdid]:2", true),
        (Some(&full), "[ZTDID]", false),
        (Some(&full), "", false),
        (Some(&empty), "[ZTDID]:2", false),
        (None, "[ZTDID]:2", false),
    ] {
        let rule = |operator: &str| format!("device.physicalIds {operator} \"{value}\"");
        assert_eq!(matches(&rule("-contains"), device), holds, "{value} of {device:?}");
        assert_eq!(matches(&rule("-notContains"), device), !holds, "{value} of {device:?}");
    }
    assert!(matches("device.systemLabels -contains \"multiuser\"", Some(&full)));
    assert!(!matches("device.systemLabels -contains \"multi\"", Some(&full)));
}

#[test]
fn extension_attributes_need_a_device_somebody_vouches_for() {
    let with = |is_compliant, is_managed, trust_type: Option<&str>| DeviceFacts {
        is_compliant,
        is_managed,
        trust_type: trust_type.map(str::to_owned),
        ..full_device()
    };
    for (device, counts) in [
        (with(Some(true), None, None), true),
        (with(None, Some(true), None), true),
        (with(None, None, Some("ServerAD")), true),
        (with(Some(false), Some(false), Some("AzureAD")), false),
        (with(None, None, Some("Workplace")), false),
        (with(None, None, None), false),
    ] {
        let device = Some(&device);
        assert_eq!(matches("device.extensionAttribute3 -eq \"value 3\"", device), counts, "{device:?}");
        assert_eq!(matches("device.extensionAttribute3 -ne \"value 3\"", device), !counts, "{device:?}");
        assert_eq!(matches("device.extensionAttribute3 -eq null", device), !counts, "{device:?}");
    }
}

#[test]
fn case_is_ignored_beyond_ascii() {
    let device = full_device();
    for rule in [
        "device.model -eq \"GRÖßE 5\"",
        "DEVICE.MODEL -STARTSWITH \"grÖ\"",
        "Device.operatingsystem -EQ \"wInDoWs\" -AND -NOT device.model -CONTAINS \"x\"",
    ] {
        assert!(matches(rule, Some(&device)), "{rule}");
    }
}

#[test]
fn not_binds_before_and_and_and_before_or() {
    let device = full_device();
    let (yes, no) = ("device.model -ne \"\"", "device.model -eq \"\"");
    for (rule, expected) in [
        (format!("{yes} -or {no} -and {no}"), true),
        (format!("({yes} -or {no}) -and {no}"), false),
        (format!("{no} -and {no} -or {yes}"), true),
        (format!("-not {no} -and {yes}"), true),
        (format!("-not {yes} -or {yes}"), true),
        (format!("-not ({yes} -or {yes})"), false),
        (format!("-not -not {yes}"), true),
        (format!("(({yes})) -and (-not ({no}))"), true),
        (format!("{yes} -and {yes} -and {no}"), false),
        (format!("{no} -or {no} -or {yes}"), true),
    ] {
        assert_eq!(matches(&rule, Some(&device)), expected, "{rule}");
    }
}
