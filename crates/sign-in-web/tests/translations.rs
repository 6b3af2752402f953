//! Everything pages say is translated into German, and nothing else is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

const GERMAN: &str = include_str!("../translations/de.po");

/// Literals that look like sentences and that nobody is shown, or shown as they are.
const NOT_TRANSLATED: &[&str] = &["Microsoft Graph", "Riskgate Account", "Windows Phone"];
/// Literals that do not look like sentences and are shown.
const SHOWN: &[&str] =
    &["Passkey", "Phone", "meets the requirements of your organization", "disabled by an administrator"];

#[test]
fn every_text_has_its_german_and_no_german_is_left_over() {
    let (texts, german) = (texts(), german());
    let missing: Vec<_> = texts.iter().filter(|text| !german.contains_key(*text)).collect();
    assert!(missing.is_empty(), "not in translations/de.po: {missing:#?}");
    let unused: Vec<_> = german.keys().filter(|text| !texts.contains(*text)).collect();
    assert!(unused.is_empty(), "in translations/de.po and said nowhere: {unused:#?}");
}

#[test]
fn a_translation_has_the_placeholders_of_its_text() {
    for (english, german) in german() {
        assert_eq!(placeholders(&english), placeholders(&german), "{english}");
    }
}

fn german() -> BTreeMap<String, String> {
    let catalogue = polib::po_file::parse_from_reader(GERMAN.as_bytes()).unwrap();
    catalogue.messages().map(|found| (found.msgid().to_owned(), found.msgstr().unwrap().to_owned())).collect()
}

fn texts() -> BTreeSet<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut texts = BTreeSet::new();
    for path in files(&root.join("templates")) {
        texts.extend(of_template(&std::fs::read_to_string(path).unwrap()));
    }
    for path in files(&root.join("src")) {
        let source = std::fs::read_to_string(path).unwrap();
        of_code(TokenStream::from_str(&source).unwrap(), &mut texts);
    }
    let delegated =
        riskgate_directory::PERMISSIONS.iter().filter(|permission| permission.delegated_id.is_some());
    texts.extend(delegated.map(|permission| permission.description.to_owned()));
    assert!(texts.len() > 100, "{}", texts.len());
    texts
}

fn files(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// What stands before `|t`.
fn of_template(template: &str) -> Vec<String> {
    let before = template.split("\"|t").map(|part| part.rsplit('"').next().unwrap().to_owned());
    let count = template.matches("\"|t").count();
    before.take(count).collect()
}

/// Literals that begin with a capital and have several words or are sentences, but for attributes, tests and logs.
fn of_code(code: TokenStream, texts: &mut BTreeSet<String>) {
    let mut tokens = code.into_iter().peekable();
    let mut is_test = false;
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '#' => {
                if matches!(tokens.peek(), Some(TokenTree::Punct(mark)) if mark.as_char() == '!') {
                    tokens.next();
                }
                if let Some(TokenTree::Group(attribute)) = tokens.next() {
                    is_test = attribute.to_string().replace(' ', "") == "[cfg(test)]";
                }
            }
            TokenTree::Ident(name) if name == "tracing" => {
                while !matches!(tokens.next(), Some(TokenTree::Group(_)) | None) {}
            }
            TokenTree::Group(group) => {
                if !(is_test && group.delimiter() == Delimiter::Brace) {
                    of_code(group.stream(), texts);
                }
                is_test = false;
            }
            TokenTree::Literal(literal) => texts.extend(shown(&literal.to_string())),
            _ => {}
        }
    }
}

fn shown(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    let lines: Vec<&str> = text.split("\\\n").map(str::trim_start).collect();
    let text = lines.concat();
    let is_text =
        text.starts_with(|c: char| c.is_ascii_uppercase()) && text.contains(' ') && !text.contains('{');
    let is_shown = is_text || SHOWN.contains(&text.as_str());
    (is_shown && !NOT_TRANSLATED.contains(&text.as_str())).then_some(text)
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}
