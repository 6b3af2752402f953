use askama::Template;
use lettre::message::header::{HeaderName, HeaderValue};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, Message};
use riskgate_core::Rng;
use riskgate_ports::Mail;

use crate::words::{Words, is_german, words};

#[derive(Template)]
#[template(path = "mail.html")]
struct Html<'a> {
    language: &'a str,
    organization: &'a str,
    words: &'a Words,
}

#[derive(Template)]
#[template(path = "mail.txt")]
struct Text<'a> {
    organization: &'a str,
    words: &'a Words,
}

/// The message with a text and an HTML part.
pub(crate) fn compose(
    organization: &str,
    from: &Mailbox,
    to: Address,
    mail: &Mail,
    rng: &dyn Rng,
) -> Result<Message, String> {
    let language = if is_german(&mail.languages) { "de" } else { "en" };
    let words = words(language, organization, &mail.content);
    let html = Html { language, organization, words: &words }.render().map_err(|error| error.to_string())?;
    let text = Text { organization, words: &words }.render().map_err(|error| error.to_string())?;
    // Nobody answers it, and no answer by a machine is wanted (RFC 3834).
    let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
    Message::builder()
        .from(from.clone())
        .to(Mailbox::new(None, to))
        .subject(one_line(&words.subject))
        .message_id(Some(format!("<{}@{}>", rng.guid(), from.email.domain())))
        .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
        .multipart(MultiPart::alternative_plain_html(text, html))
        .map_err(|error| error.to_string())
}

/// A subject has one line, whatever the organization is called.
fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
