//! §3.6: kinds of clients.

use riskgate_model::ClientAppType::{self, *};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn with(client: ClientAppType) -> SignInFacts {
    facts_with(|f| f.application.client_app_type = client)
}

fn types(names: &[&str]) -> Value {
    json!({"clientAppTypes": names})
}

pub fn cases() -> Vec<Case> {
    vec![
        applies("§3.6 all is every kind", with(Browser), types(&["all"])),
        applies("§3.6 all is native clients too", with(MobileAppsAndDesktopClients), types(&["all"])),
        applies("§3.6 all is other clients too", with(Other), types(&["all"])),
        applies("§3.1.3 An empty list is every kind", with(Other), types(&[])),
        applies("§3.6 browser", with(Browser), types(&["browser"])),
        passes_over(
            "§3.6 browser is no native client",
            with(MobileAppsAndDesktopClients),
            types(&["browser"]),
        ),
        applies(
            "§3.6 mobileAppsAndDesktopClients",
            with(MobileAppsAndDesktopClients),
            types(&["mobileAppsAndDesktopClients"]),
        ),
        passes_over(
            "§3.6 A native client is no browser",
            with(Browser),
            types(&["mobileAppsAndDesktopClients"]),
        ),
        applies("§3.6 other", with(Other), types(&["other"])),
        passes_over("§3.6 other is no browser", with(Browser), types(&["other"])),
        applies("§3.1.3 Kinds are ORed", with(Other), types(&["browser", "other"])),
        passes_over(
            "§3.6 No browser speaks Exchange ActiveSync",
            with(Browser),
            types(&["exchangeActiveSync", "easSupported"]),
        ),
        passes_over(
            "§3.6 No other client speaks Exchange ActiveSync",
            with(Other),
            types(&["exchangeActiveSync"]),
        ),
    ]
}
