//! §3.7: terms of use.

use riskgate_access::BlockReason::Policy;
use riskgate_access::Control::{AcceptTerms, Mfa};
use riskgate_model::{ClientAppType, SignInFacts};
use serde_json::{Value, json};

use crate::case::{Case, asks, blocks, grants};
use crate::common::*;

fn accepted(ids: &[&str]) -> SignInFacts {
    facts_with(|f| f.user.accepted_agreement_ids = ids.iter().map(ToString::to_string).collect())
}

fn terms(operator: &str, ids: &[&str]) -> Value {
    json!({"grantControls": {"operator": operator, "builtInControls": [], "termsOfUse": ids}})
}

pub fn cases() -> Vec<Case> {
    let accept = |id: &str| AcceptTerms { agreement_id: id.into() };
    let script = || facts_with(|f| f.application.client_app_type = ClientAppType::Other);
    vec![
        asks("§3.7 Terms are accepted first", facts(), terms("OR", &[AGREEMENT]), &[accept(AGREEMENT)]),
        grants("§3.7 Accepted terms are satisfied", accepted(&[AGREEMENT]), terms("OR", &[AGREEMENT])),
        asks(
            "§3.7 Other terms do not count",
            accepted(&[OTHER_AGREEMENT]),
            terms("OR", &[AGREEMENT]),
            &[accept(AGREEMENT)],
        ),
        asks(
            "§3.2 OR: the first of them by id",
            facts(),
            terms("OR", &[OTHER_AGREEMENT, AGREEMENT]),
            &[accept(AGREEMENT)],
        ),
        grants(
            "§3.7 OR: one of them is enough",
            accepted(&[OTHER_AGREEMENT]),
            terms("OR", &[AGREEMENT, OTHER_AGREEMENT]),
        ),
        asks(
            "§3.7 AND: all of them, by id",
            facts(),
            terms("AND", &[OTHER_AGREEMENT, AGREEMENT]),
            &[accept(AGREEMENT), accept(OTHER_AGREEMENT)],
        ),
        asks(
            "§3.7 AND: the one that is missing",
            accepted(&[AGREEMENT]),
            terms("AND", &[AGREEMENT, OTHER_AGREEMENT]),
            &[accept(OTHER_AGREEMENT)],
        ),
        grants(
            "§3.7 AND: both accepted",
            accepted(&[AGREEMENT, OTHER_AGREEMENT]),
            terms("AND", &[AGREEMENT, OTHER_AGREEMENT]),
        ),
        blocks("§3.6 A client without a page cannot show terms", script(), terms("OR", &[AGREEMENT]), Policy),
        asks(
            "§3.2 Terms come after MFA",
            facts(),
            json!([terms("OR", &[AGREEMENT]), {}]),
            &[Mfa, accept(AGREEMENT)],
        ),
        asks(
            "§3.1.5 Terms of two policies are both accepted",
            facts(),
            json!([terms("OR", &[OTHER_AGREEMENT]), terms("OR", &[AGREEMENT])]),
            &[accept(AGREEMENT), accept(OTHER_AGREEMENT)],
        ),
        asks(
            "§3.2 The same terms are asked for once",
            facts(),
            json!([terms("OR", &[AGREEMENT]), terms("AND", &[AGREEMENT])]),
            &[accept(AGREEMENT)],
        ),
    ]
}
