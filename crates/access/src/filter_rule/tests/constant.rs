use crate::filter_rule::DeviceFilterRule;

fn constant(rule: &str) -> Option<bool> {
    DeviceFilterRule::parse(rule).unwrap_or_else(|error| panic!("{rule}: {error}")).constant()
}

#[test]
fn contradictions_and_truisms_are_found() {
    for (rule, expected) in [
        ("device.model -eq \"A\"", None),
        ("device.model -eq \"A\" -and device.model -eq \"B\"", Some(false)),
        ("device.model -eq \"A\" -and device.model -eq \"a\"", None),
        ("device.model -eq \"A\" -and device.trustType -eq \"B\"", None),
        ("device.model -ne \"A\" -or device.model -ne \"B\"", Some(true)),
        ("device.model -eq null -or device.model -ne null", Some(true)),
        ("device.model -eq null -and device.model -eq \"A\"", Some(false)),
        ("device.model -in [\"A\", \"B\"] -and device.model -notIn [\"b\", \"a\", \"c\"]", Some(false)),
        ("device.model -in [\"A\", \"B\"] -and device.model -ne \"A\"", None),
        ("device.isCompliant -eq True -and device.isCompliant -eq False", Some(false)),
        // Null is neither.
        ("device.isCompliant -eq True -or device.isCompliant -eq False", None),
        ("device.isCompliant -ne True -or device.isCompliant -ne False", Some(true)),
        ("device.systemLabels -contains \"A\" -and device.systemLabels -contains \"B\"", None),
        ("device.systemLabels -contains \"A\" -and device.systemLabels -eq null", Some(false)),
        ("device.systemLabels -contains \"A\" -and -not device.systemLabels -contains \"a\"", Some(false)),
        ("device.extensionAttribute1 -eq \"A\" -and device.extensionAttribute2 -eq \"A\"", None),
    ] {
        assert_eq!(constant(rule), expected, "{rule}");
    }
}

#[test]
fn what_cannot_be_tried_is_not_judged() {
    assert_eq!(constant("device.model -startsWith \"A\" -and device.model -eq \"B\""), None);
    let attributes =
        ["model", "displayName", "manufacturer", "trustType", "profileType", "deviceId", "mdmAppId"];
    let all: Vec<_> = attributes.iter().map(|name| format!("device.{name} -in [\"a\", \"b\"]")).collect();
    let contradiction = format!("{} -and device.model -eq \"c\"", all.join(" -and "));
    assert_eq!(constant(&contradiction), None, "5 * 4^6 combinations");
    let labels: Vec<_> = ["a", "b", "c", "d", "e"]
        .iter()
        .map(|item| format!("device.systemLabels -contains \"{item}\""))
        .collect();
    assert_eq!(constant(&format!("{} -and device.systemLabels -eq null", labels.join(" -and "))), None);
}
