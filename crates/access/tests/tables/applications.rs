//! §3.4: resources.

use riskgate_access::{MICROSOFT_ADMIN_PORTAL_APP_IDS, OFFICE365_APP_IDS};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, passes_over};
use crate::common::*;

fn asking_for(resources: &[&str]) -> SignInFacts {
    facts_with(|f| f.application.resource_app_ids = resources.iter().map(ToString::to_string).collect())
}

fn include(ids: &[&str]) -> Value {
    json!({"applications": {"includeApplications": ids}})
}

fn all_but(ids: &[&str]) -> Value {
    json!({"applications": {"includeApplications": ["All"], "excludeApplications": ids}})
}

pub fn cases() -> Vec<Case> {
    let (office, portal) = (OFFICE365_APP_IDS[0], MICROSOFT_ADMIN_PORTAL_APP_IDS[0]);
    vec![
        applies("§3.4 All names every resource", asking_for(&[APP]), include(&["All"])),
        applies("§3.4 All is a word in any case", asking_for(&[APP]), include(&["ALL"])),
        passes_over("§3.4 None names no resource", asking_for(&[APP]), include(&["None"])),
        passes_over("Contract §4.6 none is a word in any case", asking_for(&[APP]), include(&["none"])),
        applies("§3.4 An id names the resource", asking_for(&[APP]), include(&[APP])),
        applies("§3.4 An id in capitals is the same", asking_for(&[APP]), include(&[&APP.to_uppercase()])),
        passes_over("§3.4 Another id does not", asking_for(&[APP]), include(&[OTHER_APP])),
        passes_over(
            "§3.4 Policies bind to resources, not to clients",
            asking_for(&[APP]),
            include(&[OTHER_APP]),
        ),
        applies("§3.1.3 Ids are ORed", asking_for(&[APP]), include(&[OTHER_APP, APP])),
        applies("§3.4 One of several resources is enough", asking_for(&[APP, OTHER_APP]), include(&[APP])),
        passes_over("§3.4 None of several resources", asking_for(&[GRAPH, OTHER_APP]), include(&[APP])),
        passes_over("§3.1.3 An excluded resource is out", asking_for(&[APP]), all_but(&[APP])),
        applies(
            "§3.1.3 Another excluded resource changes nothing",
            asking_for(&[APP]),
            all_but(&[OTHER_APP]),
        ),
        applies(
            "§3.4 One resource that is not excluded is enough",
            asking_for(&[APP, OTHER_APP]),
            all_but(&[APP]),
        ),
        passes_over(
            "§3.4 All resources are excluded",
            asking_for(&[APP, OTHER_APP]),
            all_but(&[APP, OTHER_APP]),
        ),
        passes_over(
            "§3.1.3 Excluded outweighs named",
            asking_for(&[APP]),
            json!({"applications": {"includeApplications": [APP], "excludeApplications": [APP]}}),
        ),
        passes_over(
            "§3.4 The one included is excluded, the other is not included",
            asking_for(&[APP, OTHER_APP]),
            json!({"applications": {"includeApplications": [APP], "excludeApplications": [APP]}}),
        ),
        applies("§3.4 No resource is the directory, which All includes", asking_for(&[]), include(&["All"])),
        passes_over("§3.4 No resource is named by no id", asking_for(&[]), include(&[APP])),
        passes_over("§3.4 No resource is in no group", asking_for(&[]), include(&["Office365"])),
        applies("§3.4 No scope of the directory leaks by an exclusion", asking_for(&[]), all_but(&[APP])),
        applies("§3.4 Office365 is its published resources", asking_for(&[office]), include(&["Office365"])),
        passes_over("§3.4 Office365 is nothing else", asking_for(&[APP]), include(&["Office365"])),
        passes_over("§3.4 Office365 is no admin portal", asking_for(&[portal]), include(&["Office365"])),
        passes_over("§3.4 Office365 can be excluded", asking_for(&[office]), all_but(&["Office365"])),
        applies(
            "§3.4 Excluding Office365 excludes nothing else",
            asking_for(&[APP]),
            all_but(&["Office365"]),
        ),
        applies(
            "§3.4 MicrosoftAdminPortals are published",
            asking_for(&[portal]),
            include(&["MicrosoftAdminPortals"]),
        ),
        passes_over(
            "§3.4 MicrosoftAdminPortals can be excluded",
            asking_for(&[portal]),
            all_but(&["MicrosoftAdminPortals"]),
        ),
        passes_over(
            "§3.4 Microsoft Graph is no admin portal",
            asking_for(&[GRAPH]),
            include(&["MicrosoftAdminPortals"]),
        ),
        passes_over("§3.4 Microsoft Graph is not Office365", asking_for(&[GRAPH]), include(&["Office365"])),
        applies("§3.1.3 Groups and ids are ORed", asking_for(&[APP]), include(&["Office365", APP])),
        applies(
            "§3.1.3 Applications that are not configured are all",
            asking_for(&[APP]),
            json!({"applications": null}),
        ),
    ]
}
