//! What pages say, in the language of who reads them.
//!
//! Templates and code hold the English text, and [`filters::t`] looks it up in the translation of the reader: a gettext file
//! (`.po`) whose `msgid` is the English text. What a translation lacks is shown in English. German comes with the program,
//! `translations/de.po`; an operator adds others as files.
//!
//! To add a text: write `{{ "Text in English"|t }}` in a template, or a literal in the code that a template shows through
//! `|t`, and its German in `translations/de.po`; `tests/translations.rs` fails for what is not translated.

mod catalogue;
pub(crate) mod filters;
mod language;

pub use catalogue::{Texts, TextsError};
pub(crate) use language::{current, in_language, wanted_languages, with_language};

pub(crate) use catalogue::Translation;
