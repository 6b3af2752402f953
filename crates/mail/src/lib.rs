//! Mail by SMTP: [`SmtpMailer`] implements [`riskgate_ports::Mailer`].
//!
//! A mail is composed and sent by a task of its own, so that nobody who signs in waits for a mail server. Mails that wait are
//! bounded; a temporary failure is tried again, a permanent one is logged. Nothing of what a person typed gets into a header:
//! the address is parsed, the subject is ours.
//!
//! To add a mail: give it a member of `MailContent` in `riskgate-ports` and its words, in both languages, in `words.rs`.

mod compose;
mod send;
mod settings;
mod words;

pub use send::SmtpMailer;
pub use settings::{MailError, MailSettings, MailTls, is_sender};
