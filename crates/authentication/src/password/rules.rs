/// Why a new password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PasswordRefused {
    /// Too short, too long, too simple, or it holds the user name. The wording is Graph's.
    #[error(
        "The specified password does not comply with password complexity requirements. Please provide a different password."
    )]
    TooWeak,
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

/// Checks a new password: 8 to 256 characters, three of small letters, capitals, digits and others (unless
/// `password_policies` holds `DisableStrongPassword`), and not the first part of the user principal name in it. The text
/// is taken as it is, without Unicode normalisation.
///
/// # Errors
/// [`PasswordRefused::TooWeak`].
pub fn check_password(
    password: &str,
    user_principal_name: &str,
    password_policies: Option<&str>,
) -> Result<(), PasswordRefused> {
    if !LENGTH.contains(&password.chars().count()) {
        return Err(PasswordRefused::TooWeak);
    }
    let is_relaxed = password_policies
        .is_some_and(|policies| policies.split(',').any(|policy| policy.trim() == "DisableStrongPassword"));
    let classes: [fn(char) -> bool; 4] =
        [char::is_lowercase, char::is_uppercase, |c| c.is_ascii_digit(), |c| !c.is_alphanumeric()];
    let used = classes.iter().filter(|class| password.chars().any(**class)).count();
    if !is_relaxed && used < 3 {
        return Err(PasswordRefused::TooWeak);
    }
    let name = user_principal_name.split('@').next().unwrap_or_default().to_lowercase();
    if name.chars().count() >= MIN_NAME && password.to_lowercase().contains(&name) {
        return Err(PasswordRefused::TooWeak);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules() {
        let ok = |password: &str| check_password(password, "anna.smith@contoso.com", None).is_ok();
        assert!(ok("Contoso1234"), "the tutorial's password");
        assert!(ok("correct horse 9"));
        assert!(ok("ПарольПароль1"));
        for weak in ["Short1!", "alllowercase", "lowercase123", "Anna.Smith2026", &"aB1".repeat(100)] {
            assert!(!ok(weak), "{weak}");
        }
        assert!(
            check_password("alllowercase", "a@b", Some("DisablePasswordExpiration, DisableStrongPassword"))
                .is_ok()
        );
        assert!(check_password("short", "a@b", Some("DisableStrongPassword")).is_err());
    }
}
