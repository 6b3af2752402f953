//! A tenant with its first administrator, and passwords nobody has chosen.

use std::io::Read;

use anyhow::{Context, bail};
use riskgate_authentication::{PasswordOwner, PasswordRules};
use riskgate_core::Rng;
use riskgate_directory::{Actor, Bootstrap, BootstrapRequest, create_tenant, is_domain};
use secrecy::{ExposeSecret, SecretString};

use crate::wiring::Foundation;

/// Letters and digits nobody takes for another one.
const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
/// Four groups of five: 116 bits.
const GROUPS: usize = 4;
const GROUP_LENGTH: usize = 5;
/// Longest password that is read; the rules allow less.
const MAX_PASSWORD_BYTES: u64 = 4096;

/// The administrator of a tenant that was just made.
pub(crate) struct FirstAdministrator {
    /// User principal name.
    pub(crate) user_principal_name: String,
    /// The password, given or made up.
    pub(crate) password: SecretString,
}

/// Refuses what cannot become a tenant, before anything is written for it.
///
/// # Errors
/// If the domain is none or the password is too weak.
pub(crate) fn check(domain: &str, given: Option<&SecretString>) -> anyhow::Result<()> {
    if !is_domain(domain) {
        bail!(
            "'{domain}' is not a domain; one in lower case such as contoso.com is expected, at most 48 characters"
        );
    }
    let (name, rules) = (administrator_name(domain), PasswordRules::new(&[domain], &[]));
    given.map_or(Ok(()), |password| check_given(password, &rules, owner(&name)))
}

/// Somebody of whom only the user name is known.
pub(crate) fn owner(user_principal_name: &str) -> PasswordOwner<'_> {
    PasswordOwner { user_principal_name, ..PasswordOwner::default() }
}

fn administrator_name(domain: &str) -> String {
    format!("admin@{domain}")
}

/// Creates the tenant of `domain`. Its administrator is `admin@domain` with the password given, or with one that is made
/// up and must be changed at the first sign-in.
///
/// # Errors
/// If the store holds a tenant, the domain is none, or the password is too weak.
pub(crate) async fn initialise(
    foundation: &mut Foundation,
    domain: &str,
    given: Option<SecretString>,
) -> anyhow::Result<FirstAdministrator> {
    if let Some(tenant) = &foundation.tenant {
        bail!("there is a tenant already, {} ({}); nothing was changed", tenant.domain, tenant.id);
    }
    check(domain, given.as_ref())?;
    let user_principal_name = administrator_name(domain);
    let must_change = given.is_none();
    let rules = PasswordRules::new(&[domain], &foundation.config.passwords.banned_terms);
    let password = new_password(given, &*foundation.rng, &rules, owner(&user_principal_name))?;
    let request = BootstrapRequest {
        domain: domain.to_owned(),
        display_name: organization_name(domain),
        base_url: foundation.config.base_url(),
        admin_upn: user_principal_name.clone(),
        admin_password_hash: foundation.hasher.hash(password.clone()).await?,
        admin_must_change_password: must_change,
    };
    let (clock, rng) = (&*foundation.clock, &*foundation.rng);
    match create_tenant(&foundation.store, clock, rng, &Actor::command_line(), &request).await? {
        Bootstrap::Created { tenant, .. } => foundation.tenant = Some(tenant),
        Bootstrap::Existed(tenant) => {
            bail!("another program created the tenant {} at this moment", tenant.domain)
        }
    }
    Ok(FirstAdministrator { user_principal_name, password })
}

/// The password given, if the rules allow it, or one that is made up.
///
/// # Errors
/// If the rules refuse it.
pub(crate) fn new_password(
    given: Option<SecretString>,
    rng: &dyn Rng,
    rules: &PasswordRules,
    owner: PasswordOwner<'_>,
) -> anyhow::Result<SecretString> {
    match given {
        Some(password) => check_given(&password, rules, owner).map(|()| password),
        // By chance one may lack a kind of character or hold a short user name.
        None => loop {
            let password = made_up(rng);
            if rules.check(&password, owner).is_ok() {
                return Ok(password.into());
            }
        },
    }
}

fn check_given(
    password: &SecretString,
    rules: &PasswordRules,
    owner: PasswordOwner<'_>,
) -> anyhow::Result<()> {
    rules.check(password.expose_secret(), owner).context(
        "the password is refused. At least 8 characters are needed, with three of small letters, capitals, digits and \
         others, without the user's names, and not mostly of words that everybody tries first",
    )
}

fn made_up(rng: &dyn Rng) -> String {
    let group = |_| -> String { (0..GROUP_LENGTH).map(|_| letter(rng)).collect() };
    (0..GROUPS).map(group).collect::<Vec<_>>().join("-")
}

/// One of [`LETTERS`], each as likely as the others: bytes beyond the last whole round are drawn again.
fn letter(rng: &dyn Rng) -> char {
    loop {
        let mut byte = [0];
        rng.fill(&mut byte);
        let index = usize::from(byte[0]);
        if index < 256 / LETTERS.len() * LETTERS.len() {
            return char::from(LETTERS[index % LETTERS.len()]);
        }
    }
}

/// A password from standard input; a line break at its end is not part of it.
///
/// # Errors
/// If there is none, or no text.
pub(crate) fn password_from_stdin() -> anyhow::Result<SecretString> {
    password(&text_from_stdin()?)
}

/// A password from the first line of standard input and a new one from the second.
///
/// # Errors
/// If one is missing, or there is no text.
pub(crate) fn passwords_from_stdin() -> anyhow::Result<(SecretString, SecretString)> {
    let text = text_from_stdin()?;
    let (current, new) = text.split_once('\n').unwrap_or((&text, ""));
    Ok((password(current)?, password(new)?))
}

fn text_from_stdin() -> anyhow::Result<String> {
    let mut text = String::new();
    let read = std::io::stdin().lock().take(MAX_PASSWORD_BYTES).read_to_string(&mut text);
    read.context("the password on standard input cannot be read as UTF-8 text")?;
    Ok(text)
}

fn password(text: &str) -> anyhow::Result<SecretString> {
    let password = text.strip_suffix('\n').unwrap_or(text);
    let password = password.strip_suffix('\r').unwrap_or(password);
    if password.is_empty() {
        bail!("a password is expected on standard input, and there is none");
    }
    Ok(password.to_owned().into())
}

/// `contoso.com` belongs to Contoso.
fn organization_name(domain: &str) -> String {
    let label = domain.split('.').next().unwrap_or(domain);
    let mut letters = label.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use riskgate_core::SeededRng;

    use super::*;

    #[test]
    fn passwords_that_are_made_up_keep_the_rules_and_differ() {
        let rng = SeededRng::new(1);
        let mut seen = std::collections::HashSet::new();
        for _ in 0..200 {
            let (rules, owner) = (PasswordRules::default(), owner("admin@contoso.com"));
            let password = new_password(None, &rng, &rules, owner).unwrap();
            let password = password.expose_secret();
            assert_eq!(password.len(), 23, "{password}");
            assert!(rules.check(password, owner).is_ok(), "{password}");
            assert!(seen.insert(password.to_owned()));
        }
    }

    #[test]
    fn a_weak_password_is_refused_and_an_organization_is_named_after_its_domain() {
        let new = |password: &str| {
            let rules = PasswordRules::default();
            new_password(Some(password.into()), &SeededRng::new(1), &rules, owner("a@b.c"))
        };
        assert!(new("short").is_err() && new("Password12").is_err() && new("Fabrikam-5678").is_ok());
        assert_eq!(organization_name("contoso.com"), "Contoso");
    }
}
