//! The rules of Conditional Access, one by one: a file a topic, a row a rule, each row checked against both evaluators.
//! The sections named are those of the semantics we decide by: §3.3 users, §3.4 resources, §3.5 network, §3.6 conditions,
//! §3.7 grant controls, §3.8 session controls, §3.10 results, §4.1 risk and registration.

#![allow(unreachable_pub, reason = "modules of a test")]

#[path = "../common/mod.rs"]
mod common;

mod application_filters;
mod applications;
mod authentication_contexts;
mod authentication_flows;
mod authentication_strengths;
mod case;
mod client_app_types;
mod device_filters;
mod devices;
mod grant_operators;
mod guests;
mod insider_risk;
mod locations;
mod multifactor;
mod order;
mod password_change;
mod platforms;
mod results;
mod risk_levels;
mod session_controls;
mod sign_in_frequency;
mod terms_of_use;
mod unknown_facts;
mod user_actions;
mod users;
mod workload_identities;

macro_rules! topics {
    ($($topic:ident),+ $(,)?) => {
        $(#[test]
        fn $topic() {
            case::check(&$topic::cases());
        })+

        #[test]
        fn there_are_at_least_250_rows() {
            let rows = [workload_identities::count(), $($topic::cases().len()),+].into_iter().sum::<usize>();
            assert!(rows >= 250, "{rows} rows");
        }
    };
}

#[test]
fn workload_identities() {
    workload_identities::check();
}

topics! {
    users, guests, applications, application_filters, user_actions, authentication_contexts, locations, platforms, client_app_types,
    device_filters, risk_levels, insider_risk, authentication_flows, grant_operators, multifactor,
    authentication_strengths, devices, terms_of_use, password_change, sign_in_frequency, session_controls,
    results, order, unknown_facts,
}
