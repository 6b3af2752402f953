use riskgate_model::User;

use super::banned::{BannedTerms, normalized, words};

/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Too short, too long, too simple, or it holds a name of the user. The wording is Graph's.
    #[error(
        "The specified password does not comply with password complexity requirements. Please provide a different password."
    )]
    TooWeak,
    /// Mostly made of terms that are tried first.
    #[error(
        "The password is made of words that are tried first, so it is easy to guess. Please provide a different password."
    )]
    Banned,
    /// Known from breaches, so that it is among the first that are tried.
    #[error(
        "The password is known from data breaches, so others can try it. Please provide a different password."
    )]
    Breached,
    /// The same as before.
    #[error("The new password must be another than the current one.")]
    Unchanged,
}

/// Shortest and longest password, in characters.
const LENGTH: std::ops::RangeInclusive<usize> = 8..=256;
/// Shortest user name that must not be part of the password; shorter ones occur by chance.
const MIN_NAME: usize = 4;

/// Whose password it is to be, as far as the rules look at it.
#[derive(Debug, Clone, Copy, Default)]
pub struct PasswordOwner<'a> {
    /// The name the person signs in with.
    pub user_principal_name: &'a str,
    /// What the person is called: given name, surname, display name.
    pub names: [Option<&'a str>; 3],
    /// `passwordPolicies` of the user.
    pub password_policies: Option<&'a str>,
}

impl<'a> From<&'a User> for PasswordOwner<'a> {
    fn from(user: &'a User) -> Self {
        Self {
            user_principal_name: user.user_principal_name.as_deref().unwrap_or_default(),
            names: [user.given_name.as_deref(), user.surname.as_deref(), user.display_name.as_deref()],
            password_policies: user.password_policies.as_deref(),
        }
    }
}

impl PasswordOwner<'_> {
    /// Words of the person's names, and the first part of the user name.
    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        let local = self.user_principal_name.split('@').next().unwrap_or_default();
        let whole = Some(local).filter(|local| local.chars().count() >= MIN_NAME);
        whole.into_iter().chain(words(local)).chain(self.names.iter().flatten().flat_map(|name| words(name)))
    }
}

/// What a new password must keep, in one organization. Cheap to clone.
#[derive(Debug, Clone)]
pub struct PasswordRules {
    banned: BannedTerms,
    organization: Vec<String>,
}

impl Default for PasswordRules {
    /// The rules of an organization without a name and without terms of its own.
    fn default() -> Self {
        Self::new(&[], &[])
    }
}

impl PasswordRules {
    /// `organization` are its names: display name, domain. `terms` are those it does not want in passwords besides, good by
    /// [`check_banned_terms`](super::banned::check_banned_terms).
    pub fn new(organization: &[&str], terms: &[String]) -> Self {
        let names = organization.iter().flat_map(|name| words(name)).map(str::to_lowercase);
        let organization: Vec<String> = names.collect();
        let own = organization.iter().chain(terms).map(String::as_str);
        Self { banned: BannedTerms::new(own), organization }
    }

    /// Checks a new password: 8 to 256 characters, three of small letters, capitals, digits and others (unless the policies
    /// hold `DisableStrongPassword`), no name of the user in it, and not mostly made of banned terms. The text is taken as it
    /// is, without Unicode normalisation.
    ///
    /// # Errors
    /// [`PasswordRefused::TooWeak`], [`PasswordRefused::Banned`].
    pub fn check(&self, password: &str, owner: PasswordOwner<'_>) -> Result<(), PasswordRefused> {
        if !LENGTH.contains(&password.chars().count()) {
            return Err(PasswordRefused::TooWeak);
        }
        let policies = owner.password_policies.unwrap_or_default();
        let is_relaxed = policies.split(',').any(|policy| policy.trim() == "DisableStrongPassword");
        if !is_relaxed && kinds(password) < 3 {
            return Err(PasswordRefused::TooWeak);
        }
        if self.holds_a_name(password, owner) {
            return Err(PasswordRefused::TooWeak);
        }
        if self.banned.refuses(password) { Err(PasswordRefused::Banned) } else { Ok(()) }
    }

    /// What somebody who guesses would try first for this person: names.
    pub(super) fn guesses<'a>(&'a self, owner: &'a PasswordOwner<'_>) -> impl Iterator<Item = &'a str> {
        owner.words().chain(self.organization.iter().map(String::as_str))
    }

    /// The organization's own name is a banned term like others, also for "Contoso Administrator".
    fn holds_a_name(&self, password: &str, owner: PasswordOwner<'_>) -> bool {
        let password: String = normalized(password).into_iter().collect();
        let is_own = |word: &&str| !self.organization.contains(&word.to_lowercase());
        owner
            .words()
            .filter(is_own)
            .any(|word| password.contains(&normalized(word).into_iter().collect::<String>()))
    }
}

/// How many of small letters, capitals, digits and others there are.
fn kinds(password: &str) -> usize {
    let kinds: [fn(char) -> bool; 4] =
        [char::is_lowercase, char::is_uppercase, |c| c.is_ascii_digit(), |c| !c.is_alphanumeric()];
    kinds.iter().filter(|kind| password.chars().any(**kind)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn owner(name: &str) -> PasswordOwner<'_> {
        PasswordOwner { user_principal_name: name, ..PasswordOwner::default() }
    }

    #[test]
    fn the_rules() {
        let rules = PasswordRules::new(&["Contoso", "contoso.com"], &[]);
        let ok = |password: &str| rules.check(password, owner("anna.smith@contoso.com")).is_ok();
        assert!(ok("Contoso1234"), "the tutorial's password: five points");
        assert!(!ok("Contoso123"), "four");
        assert!(ok("correct horse 9"));
        assert!(ok("ПарольПароль1"));
        for weak in ["Short1!", "alllowercase", "lowercase123", "Anna.Smith2026", &"aB1".repeat(100)] {
            assert!(!ok(weak), "{weak}");
        }
        let relaxed = |password| {
            let policies = Some("DisablePasswordExpiration, DisableStrongPassword");
            rules.check(password, PasswordOwner { password_policies: policies, ..owner("a@b") })
        };
        assert_eq!(relaxed("alllowercase"), Ok(()));
        assert!(relaxed("short").is_err());
    }

    #[test]
    fn no_name_of_the_person_is_in_the_password() {
        let rules = PasswordRules::new(&["Contoso"], &["widget".to_owned()]);
        let user = User {
            user_principal_name: Some("p.poll@contoso.com".to_owned()),
            display_name: Some("Contoso Poll-Widmer".to_owned()),
            given_name: Some("Joe".to_owned()),
            ..User::default()
        };
        let check = |password| rules.check(password, (&user).into());
        for named in ["p0LL23fb!x", "xx-WIDMER-99", "P.Poll-9834"] {
            assert_eq!(check(named), Err(PasswordRefused::TooWeak), "{named}");
        }
        assert_eq!(check("Joe-98341"), Ok(()), "three letters occur by chance");
        assert_eq!(check("Contoso-98341"), Ok(()));
        assert_eq!(check("Widget-Contoso1"), Err(PasswordRefused::Banned));
    }
}
