//! `/identityGovernance/termsOfUse/agreements`, also under `/agreements`: terms of use, their files, and who accepted them
//! (Graph `agreement`). Content is a PDF, and so small that the request fits the bound of all bodies.

mod acceptances;
mod body;
mod create;
mod delete;
mod files;
mod get;
mod list;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{Agreement, AgreementAcceptance, AgreementFileLocalization, GraphType};
use riskgate_odata::ValueKind;

use crate::area::Area::Directory;
use crate::call::Call;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set::new(Agreement::TYPE, "identityGovernance/termsOfUse/agreements");
/// The same agreements at the root, where answers name that path.
static ALIAS: Set = Set::new(Agreement::TYPE, "agreements");
static FILES: Set = Set { typed: true, ..Set::new(AgreementFileLocalization::TYPE, "agreements/files") };
static FILE: Set = Set { typed: true, ..Set::new(AgreementFileLocalization::TYPE, "agreements/file") };
static ACCEPTANCES: Set = Set {
    order: &[("recordedDateTime", true, ValueKind::Time)],
    ..Set::new(AgreementAcceptance::TYPE, "agreementAcceptances")
};

static READ: Rule =
    Rule::new(&[&["Agreement.Read.All"], &["Agreement.ReadWrite.All"]], Capability::ReadPolicies);
static WRITE: Rule = Rule::new(&[&["Agreement.ReadWrite.All"]], Capability::WritePolicies);
/// `AgreementAcceptance.Read` has no application form.
static READ_ANSWERS: Rule = Rule {
    delegated: &[&["AgreementAcceptance.Read"], &["AgreementAcceptance.Read.All"]],
    ..Rule::new(&[&["AgreementAcceptance.Read.All"]], Capability::ReadPolicies)
}
.or_own(&[&["AgreementAcceptance.Read"], &["AgreementAcceptance.Read.All"]]);

pub(super) fn routes() -> Vec<Route> {
    let (read, write, answers) = (Access::Rule(&READ), Access::Rule(&WRITE), Access::Rule(&READ_ANSWERS));
    routes! { Directory;
        GET "identityGovernance/termsOfUse/agreements", read => list::list;
        GET "identityGovernance/termsOfUse/agreements/$count", read => list::count;
        POST "identityGovernance/termsOfUse/agreements", write => create::create;
        GET "identityGovernance/termsOfUse/agreements/{id}", read => get::get;
        PATCH "identityGovernance/termsOfUse/agreements/{id}", write => update::update;
        DELETE "identityGovernance/termsOfUse/agreements/{id}", write => delete::delete;
        GET "identityGovernance/termsOfUse/agreements/{id}/acceptances", answers => acceptances::of_agreement;
        GET "identityGovernance/termsOfUse/agreements/{id}/file", read => files::preferred;
        GET "identityGovernance/termsOfUse/agreements/{id}/file/localizations", read => files::list;
        GET "identityGovernance/termsOfUse/agreements/{id}/files", read => files::list;
        GET "identityGovernance/termsOfUse/agreements/{id}/files/{file}", read => files::get;
        GET "agreements", read => list::list;
        GET "agreements/$count", read => list::count;
        POST "agreements", write => create::create;
        GET "agreements/{id}", read => get::get;
        PATCH "agreements/{id}", write => update::update;
        DELETE "agreements/{id}", write => delete::delete;
        GET "agreements/{id}/acceptances", answers => acceptances::of_agreement;
        GET "agreements/{id}/file", read => files::preferred;
        GET "agreements/{id}/file/localizations", read => files::list;
        GET "agreements/{id}/files", read => files::list;
        GET "agreements/{id}/files/{file}", read => files::get;
        GET "users/{id}/agreementAcceptances", answers => acceptances::of_user;
    }
}

/// The set by the name the request has for it.
fn set(call: &Call) -> &'static Set {
    let root = call.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if root.eq_ignore_ascii_case("agreements") { &ALIAS } else { &SET }
}
