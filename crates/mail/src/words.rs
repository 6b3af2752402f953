//! What mails say, in English and German.

use riskgate_ports::{Circumstances, MailContent};

/// The parts of a mail.
pub(crate) struct Words {
    pub(crate) subject: String,
    pub(crate) paragraphs: Vec<String>,
    pub(crate) code: Option<String>,
    /// Name and value, one a line.
    pub(crate) details: Vec<(&'static str, String)>,
    /// What to do if it is not as it should be.
    pub(crate) advice: &'static str,
}

/// Whether the first language there is is German. Languages are listed by preference, as browsers do.
pub(crate) fn is_german(languages: &str) -> bool {
    let primary = |tag: &str| tag.trim().split(['-', ';']).next().unwrap_or_default().to_ascii_lowercase();
    languages.split(',').map(primary).find(|language| language == "de" || language == "en").as_deref()
        == Some("de")
}

pub(crate) fn words(language: &str, organization: &str, content: &MailContent) -> Words {
    let is_german = language == "de";
    let say = |english: &'static str, german: &'static str| if is_german { german } else { english };
    let notice = |subject: &'static str, told: &'static str, what: &'static str, it: &Circumstances| Words {
        subject: subject.replace("{}", organization),
        paragraphs: vec![told.replace("{}", organization)],
        code: None,
        details: details(it, what, is_german),
        advice: say(
            "If this was not you, sign in, open \"Your account\" and report it, or tell your administrators at once.",
            "Waren Sie das nicht, melden Sie sich an, öffnen Sie „Ihr Konto“ und melden Sie es, oder sagen Sie es sofort \
             Ihrer Administration.",
        ),
    };
    let method = say("Method", "Methode");
    match content {
        MailContent::Code { code, minutes } => Words {
            subject: say("Your code for {}", "Ihr Code für {}").replace("{}", organization),
            paragraphs: vec![
                say(
                    "This is your code. It is good for {} minutes and for one use:",
                    "Das ist Ihr Code. Er gilt {} Minuten lang und einmal:",
                )
                .replace("{}", &minutes.to_string()),
            ],
            code: Some(code.clone()),
            details: Vec::new(),
            advice: say(
                "If you did not ask for it, do nothing and tell it to nobody, also not to somebody who calls you.",
                "Haben Sie ihn nicht angefordert, tun Sie nichts und sagen Sie ihn niemandem, auch niemandem, der Sie \
                 anruft.",
            ),
        },
        MailContent::PasswordChanged(it) => notice(
            say("Your password for {} was changed", "Ihr Kennwort für {} wurde geändert"),
            say("The password of your account was changed.", "Das Kennwort Ihres Kontos wurde geändert."),
            method,
            it,
        ),
        MailContent::PasswordReset(it) => notice(
            say("Your password for {} was reset", "Ihr Kennwort für {} wurde zurückgesetzt"),
            say(
                "A new password was set for your account, by somebody who had forgotten the old one. You are signed out \
                 everywhere.",
                "Für Ihr Konto wurde ein neues Kennwort gesetzt, weil das alte vergessen war. Sie sind überall abgemeldet.",
            ),
            method,
            it,
        ),
        MailContent::SecurityInfoAdded(it) => notice(
            say("Security info was added at {}", "Sicherheitsinfo bei {} hinzugefügt"),
            say(
                "A way to prove that it is you was added to your account.",
                "Ihrem Konto wurde ein Weg hinzugefügt, wie Sie sich ausweisen.",
            ),
            method,
            it,
        ),
        MailContent::SecurityInfoRemoved(it) => notice(
            say("Security info was removed at {}", "Sicherheitsinfo bei {} entfernt"),
            say(
                "A way to prove that it is you was removed from your account.",
                "Von Ihrem Konto wurde ein Weg entfernt, wie Sie sich ausweisen.",
            ),
            method,
            it,
        ),
        MailContent::NewDevice(it) => notice(
            say("New sign-in at {}", "Neue Anmeldung bei {}"),
            say(
                "Somebody signed in to your account with a browser that was not seen before.",
                "Bei Ihrem Konto hat sich jemand mit einem Browser angemeldet, der noch nicht bekannt war.",
            ),
            say("Program", "Programm"),
            it,
        ),
    }
}

fn details(it: &Circumstances, what: &'static str, is_german: bool) -> Vec<(&'static str, String)> {
    let time = it.at.without_zone();
    let time = time.split('.').next().unwrap_or_default().replace('T', " ");
    let mut details = vec![(if is_german { "Zeit" } else { "Time" }, format!("{time} UTC"))];
    if !it.what.is_empty() {
        details.push((what, it.what.clone()));
    }
    details.push((if is_german { "Adresse" } else { "Address" }, it.address.clone()));
    details
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_there_is_wins() {
        for (languages, german) in [
            ("de", true),
            ("de-AT,en;q=0.5", true),
            ("fr,de;q=0.8,en;q=0.5", true),
            ("en-GB,de", false),
            ("fr", false),
            ("", false),
        ] {
            assert_eq!(is_german(languages), german, "{languages}");
        }
    }
}
