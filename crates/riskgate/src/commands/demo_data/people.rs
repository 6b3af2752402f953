use riskgate_directory::{Actor, Directory, NewApplication, NewUser};
use riskgate_model::User;
use riskgate_protection::{SignInApplication, SignInResource};
use riskgate_risk_evaluation::Scenario;

use crate::commands::simulate::codes;
use crate::wiring::{System, forms, software_oath};

const FIRST: [&str; 24] = [
    "Ada", "Ben", "Carla", "David", "Elif", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kaya", "Liam", "Mei",
    "Nora", "Omar", "Priya", "Quinn", "Rosa", "Sven", "Tara", "Uma", "Viktor", "Wanda", "Yusuf",
];
const LAST: [&str; 24] = [
    "Adler", "Berg", "Costa", "Diaz", "Eriksen", "Fischer", "Garcia", "Hansen", "Ito", "Jensen", "Kumar",
    "Larsen", "Moreau", "Novak", "Okafor", "Petrov", "Quist", "Rossi", "Silva", "Tanaka", "Ueda", "Varga",
    "Weber", "Young",
];
/// Three of four people have an authenticator app.
const WITHOUT_APP: u32 = 4;

/// Somebody of the organisation.
pub(super) struct Employee {
    pub(super) user: User,
    /// Whether he can pass a second factor.
    pub(super) has_app: bool,
}

/// Creates everybody with the same password; the ones that leave stay, as they often do.
pub(super) async fn create(
    system: &System,
    directory: &Directory,
    scenario: &Scenario,
    hash: &str,
) -> anyhow::Result<Vec<Employee>> {
    let apps = software_oath(system, &forms(system));
    let mut people = Vec::new();
    for index in 0..scenario.plan.people {
        let (first, last, number) = name(index);
        let nick = format!("{}.{}{number}", first.to_lowercase(), last.to_lowercase());
        let upn = format!("{nick}@{}", system.tenant.domain);
        let new = NewUser::new(&upn, &format!("{first} {last}{number}"), hash.to_owned(), false);
        let user = directory.create_user(&Actor::command_line(), &new).await?;
        let has_app = index % WITHOUT_APP != 0;
        if has_app {
            let enrollment = apps.begin(&user)?;
            let [code, ..] = &codes(&enrollment.secret, system.foundation.clock.now())?[..] else { continue };
            apps.confirm(&user, &enrollment.pending, code).await?;
        }
        people.push(Employee { user, has_app });
    }
    Ok(people)
}

/// The name of a number; from 576 on names repeat, with a number of their own.
fn name(index: u32) -> (&'static str, &'static str, String) {
    let (first, round) = (index as usize % FIRST.len(), index as usize / FIRST.len());
    let last = (first + round) % LAST.len();
    let repeats = round / LAST.len();
    let number = if repeats == 0 { String::new() } else { (repeats + 1).to_string() };
    (FIRST[first], LAST[last], number)
}

/// What people sign in to.
pub(super) async fn applications(directory: &Directory) -> anyhow::Result<Vec<SignInApplication>> {
    let mut applications = Vec::new();
    for name in ["Mail", "Files", "Expenses", "Wiki"] {
        let new = NewApplication {
            display_name: name.to_owned(),
            application_permissions: Vec::new(),
            delegated_permissions: Vec::new(),
            redirect_uris: Vec::new(),
            logout_url: None,
            public: true,
            credential: None,
        };
        let app = directory.create_application(&Actor::command_line(), &new).await?.application;
        let app_id = app.app_id.unwrap_or_default();
        let resource = SignInResource { app_id: app_id.clone(), display_name: Some(name.to_owned()) };
        applications.push(SignInApplication {
            client_app_id: app_id,
            client_display_name: Some(name.to_owned()),
            resources: vec![resource],
            client_app_type: riskgate_model::ClientAppType::Browser,
            user_action: None,
            authentication_contexts: Default::default(),
        });
    }
    Ok(applications)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn everybody_has_a_name_of_his_own() {
        let names: BTreeSet<_> = (0..2_000).map(name).collect();
        assert_eq!(names.len(), 2_000);
    }
}
