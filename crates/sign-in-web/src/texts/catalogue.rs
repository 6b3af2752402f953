use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use polib::po_file::parse_from_reader;
use riskgate_directory::languages_by_preference;

/// The translation that comes with the program.
const GERMAN: &str = include_str!("../../translations/de.po");
/// Largest file that is read, in bytes.
const MAX_FILE_BYTES: u64 = 1 << 20;

/// Why the translations of an operator cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TextsError {
    /// The directory or a file in it cannot be read.
    #[error("translations cannot be read from {path}: {reason}")]
    Unreadable {
        /// Where.
        path: PathBuf,
        /// What the system says.
        reason: std::io::Error,
    },
    /// A file is too large.
    #[error("{path} is larger than 1 MiB, which no translation of the sign-in pages is")]
    TooLarge {
        /// Which.
        path: PathBuf,
    },
    /// A file is no gettext file.
    #[error("{path} is not a gettext file (.po): {reason}")]
    Malformed {
        /// Which.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// Everything pages say, in every language there is.
#[derive(Debug, Clone)]
pub struct Texts {
    english: Arc<Translation>,
    others: Vec<Arc<Translation>>,
}

/// What pages say in one language.
#[derive(Debug, Default)]
pub(crate) struct Translation {
    /// Tag of the language (BCP 47).
    pub(crate) language: String,
    /// By the English text.
    messages: HashMap<String, String>,
}

impl Texts {
    /// English and German.
    pub fn built_in() -> Self {
        let english = Translation { language: "en".to_owned(), messages: HashMap::new() };
        // A test reads the file that is compiled in.
        let german = Translation::parse("de", GERMAN).unwrap_or_default();
        Self { english: Arc::new(english), others: vec![Arc::new(german)] }
    }

    /// Adds the files of a directory: `fr.po` for French, `pt-BR.po` for the Portuguese of Brazil. A file named like a
    /// language that is built in takes its place.
    ///
    /// # Errors
    /// The directory or a file cannot be read, is too large or is no gettext file.
    pub fn with_directory(mut self, directory: &Path) -> Result<Self, TextsError> {
        let unreadable = |path: &Path, reason| TextsError::Unreadable { path: path.to_owned(), reason };
        let entries = std::fs::read_dir(directory).map_err(|reason| unreadable(directory, reason))?;
        for entry in entries {
            let path = entry.map_err(|reason| unreadable(directory, reason))?.path();
            let Some(language) = language_of(&path) else { continue };
            let metadata = std::fs::metadata(&path).map_err(|reason| unreadable(&path, reason))?;
            if metadata.len() > MAX_FILE_BYTES {
                return Err(TextsError::TooLarge { path });
            }
            let text = std::fs::read_to_string(&path).map_err(|reason| unreadable(&path, reason))?;
            let translation = Translation::parse(&language, &text)
                .map_err(|reason| TextsError::Malformed { path, reason })?;
            self.others.retain(|other| !other.language.eq_ignore_ascii_case(&language));
            self.others.push(Arc::new(translation));
        }
        Ok(self)
    }

    /// The translation for a reader with these preferences, written as `Accept-Language` is (RFC 9110 §12.5.4): the first
    /// language there is, with its region or without, otherwise English.
    pub(crate) fn preferred(&self, accept_language: &str) -> Arc<Translation> {
        languages_by_preference(accept_language)
            .into_iter()
            .find_map(|wanted| self.find(wanted))
            .unwrap_or_else(|| Arc::clone(&self.english))
    }

    fn find(&self, wanted: &str) -> Option<Arc<Translation>> {
        let primary = |tag: &str| tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let all = || self.others.iter().chain([&self.english]);
        all()
            .find(|one| one.language.eq_ignore_ascii_case(wanted))
            .or_else(|| all().find(|one| primary(&one.language) == primary(wanted)))
            .map(Arc::clone)
    }
}

impl Translation {
    fn parse(language: &str, text: &str) -> Result<Self, String> {
        let catalogue = parse_from_reader(text.as_bytes()).map_err(|error| error.to_string())?;
        let messages = catalogue
            .messages()
            .filter(|message| !message.is_plural() && !message.is_fuzzy() && message.is_translated())
            .filter_map(|message| Some((message.msgid().to_owned(), message.msgstr().ok()?.to_owned())))
            .collect();
        Ok(Self { language: language.to_owned(), messages })
    }

    /// The text in this language.
    pub(crate) fn text<'a>(&'a self, english: &'a str) -> &'a str {
        self.messages.get(english).map_or(english, String::as_str)
    }
}

/// `fr` of `fr.po`; nothing of what is no translation.
fn language_of(path: &Path) -> Option<String> {
    let is_translation = path.extension().is_some_and(|extension| extension == "po");
    let name = path.file_stem().and_then(|name| name.to_str()).filter(|_| is_translation)?;
    let is_tag = name.len() <= 35 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_tag.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn language(texts: &Texts, accept_language: &str) -> String {
        texts.preferred(accept_language).language.clone()
    }

    #[test]
    fn what_comes_with_the_program_can_be_read() {
        let german = Translation::parse("de", GERMAN).unwrap();
        assert!(german.messages.len() > 100, "{}", german.messages.len());
    }

    #[test]
    fn the_first_language_there_is_wins() {
        let texts = Texts::built_in();
        for (accept_language, expected) in [
            ("de", "de"),
            ("de-AT,en;q=0.5", "de"),
            ("fr, de;q=0.5, en;q=0.4", "de"),
            ("en-GB, de;q=0.9", "en"),
            ("fr", "en"),
            ("", "en"),
            (";;;,,q=1", "en"),
        ] {
            assert_eq!(language(&texts, accept_language), expected, "{accept_language}");
        }
    }

    #[test]
    fn a_file_adds_a_language_or_takes_the_place_of_one() {
        let directory = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(directory.path().join(name), text).unwrap();
        write(
            "fr.po",
            "msgid \"\"\nmsgstr \"Language: fr\\n\"\n\nmsgid \"Sign in\"\nmsgstr \"Se connecter\"\n",
        );
        write("de.po", "msgid \"\"\nmsgstr \"Language: de\\n\"\n\nmsgid \"Sign in\"\nmsgstr \"Einloggen\"\n");
        write("notes.txt", "not a translation");
        let texts = Texts::built_in().with_directory(directory.path()).unwrap();
        assert_eq!(texts.preferred("fr-CA").text("Sign in"), "Se connecter");
        assert_eq!(texts.preferred("fr").text("Sign out"), "Sign out", "what is missing is English");
        assert_eq!(texts.preferred("de").text("Sign in"), "Einloggen");
    }

    #[test]
    fn a_file_that_is_no_translation_is_named() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("fr.po");
        std::fs::write(&path, "msgid \"Sign in\"\nmsgstr \"\\q\"\n").unwrap();
        let error = Texts::built_in().with_directory(directory.path()).unwrap_err();
        assert!(matches!(&error, TextsError::Malformed { path: named, .. } if *named == path), "{error}");
        std::fs::write(&path, vec![b'#'; (1 << 20) + 1]).unwrap();
        let error = Texts::built_in().with_directory(directory.path()).unwrap_err();
        assert!(matches!(error, TextsError::TooLarge { .. }));
        let error = Texts::built_in().with_directory(&path).unwrap_err();
        assert!(matches!(error, TextsError::Unreadable { .. }));
    }
}
