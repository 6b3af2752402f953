//! `/reports/authenticationMethods/userRegistrationDetails` (contract §2.6): what people have registered, and what they can
//! do with it. Computed when it is asked for, so it is never older than the answer. As in Graph, people who are disabled are
//! not in it.

mod details;
mod get;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, UserRegistrationDetails};

use crate::area::Area::AuditLogs;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// Counting would compute the details of everybody, and so would passing over some that a filter lets through.
static SET: Set = Set {
    refused: &["$count", "$skip"],
    ..Set::new(UserRegistrationDetails::TYPE, "reports/authenticationMethods/userRegistrationDetails")
};

/// Who reads sign-ins reads with which methods people sign in.
static READ: Rule = Rule::new(&[&["AuditLog.Read.All"]], Capability::ReadSignIns);

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { AuditLogs;
        GET "reports/authenticationMethods/userRegistrationDetails", read => list::list;
        GET "reports/authenticationMethods/userRegistrationDetails/{id}", read => get::get;
    }
}
