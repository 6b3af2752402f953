//! §3.6: device platforms.

use riskgate_model::ConditionalAccessDevicePlatform::{self, *};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn on(platform: impl Into<Option<ConditionalAccessDevicePlatform>>) -> SignInFacts {
    facts_with(|f| f.client.platform = platform.into())
}

fn include(names: &[&str]) -> Value {
    json!({"platforms": {"includePlatforms": names}})
}

fn all_but(names: &[&str]) -> Value {
    json!({"platforms": {"includePlatforms": ["all"], "excludePlatforms": names}})
}

pub fn cases() -> Vec<Case> {
    let known = &["android", "iOS", "windows", "windowsPhone", "macOS", "linux"];
    vec![
        applies("§3.6 all is every platform", on(Linux), include(&["all"])),
        applies("§3.6 android", on(Android), include(&["android"])),
        applies("§3.6 iOS", on(IOS), include(&["iOS"])),
        applies("§3.6 windows", on(Windows), include(&["windows"])),
        applies("§3.6 windowsPhone", on(WindowsPhone), include(&["windowsPhone"])),
        applies("§3.6 macOS", on(MacOS), include(&["macOS"])),
        applies("§3.6 linux", on(Linux), include(&["linux"])),
        passes_over("§3.6 windowsPhone is not windows", on(WindowsPhone), include(&["windows"])),
        passes_over("§3.6 Another platform", on(MacOS), include(&["iOS", "android"])),
        applies("§3.1.3 Platforms are ORed", on(MacOS), include(&["iOS", "macOS"])),
        passes_over("§3.1.3 An excluded platform is out", on(Linux), all_but(&["linux"])),
        applies("§3.1.3 Other platforms are not", on(Android), all_but(&["linux"])),
        passes_over(
            "§3.1.3 Excluded outweighs included",
            on(Linux),
            json!({"platforms": {"includePlatforms": ["linux"], "excludePlatforms": ["linux"]}}),
        ),
        applies("§3.2 An unknown platform counts as included", on(None), include(&["iOS"])),
        applies("§3.2 An unknown platform counts as not excluded", on(None), all_but(&["iOS"])),
        applies("§3.6 Any minus known catches the unknown one", on(None), all_but(known)),
        passes_over("§3.6 Any minus known catches no known one", on(Windows), all_but(known)),
        passes_over("§3.6 all excluded is the unknown one, too", on(None), all_but(&["all"])),
        applies("§3.2 A platform of the future is unknown", on(UnknownFutureValue), include(&["iOS"])),
        applies("§3.1.3 No included platform is all platforms", on(Windows), include(&[])),
        passes_over("§3.6 all excluded is every platform", on(Windows), all_but(&["all"])),
        applies("§3.1.3 Platforms that are not configured are all", on(Windows), json!({"platforms": null})),
    ]
}
