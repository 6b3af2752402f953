//! Filters of the templates. Askama finds them by this module's name.

#![allow(unreachable_pub, reason = "the macro makes public items of filters")]

use std::any::Any;
use std::fmt::Display;

use askama::filters::Safe;
use askama::{Result, Values, get_value};

use super::Translation;

/// Under which name a page carries its translation.
const TRANSLATION: &str = "translation";

impl Values for Translation {
    fn get_value<'a>(&'a self, key: &str) -> Option<&'a dyn Any> {
        (key == TRANSLATION).then_some(self)
    }
}

/// `{{ "Sign in"|t }}`: the text in the language of the reader.
#[askama::filter_fn]
pub(crate) fn t(english: impl Display, values: &dyn Values) -> Result<String> {
    let english = english.to_string();
    Ok(match get_value::<Translation>(values, TRANSLATION) {
        Ok(translation) => translation.text(&english).to_owned(),
        Err(_) => english,
    })
}

/// `{{ "Added {time}"|t|put("time", time) }}`: the text with a value in it.
#[askama::filter_fn]
pub(crate) fn put<V: Display>(text: impl Display, _: &dyn Values, name: &str, value: V) -> Result<String> {
    Ok(text.to_string().replace(&format!("{{{name}}}"), &value.to_string()))
}

/// `{{ "to continue to {application}"|t|strong("application", name) }}`: the text with an emphasized value in it, last in its
/// chain. The element has the placeholder's name as its `id`.
#[askama::filter_fn]
pub(crate) fn strong<V: Display>(
    text: impl Display,
    _: &dyn Values,
    name: &str,
    value: V,
) -> Result<Safe<String>> {
    let (text, placeholder) = (text.to_string(), format!("{{{name}}}"));
    let mut parts = text.split(&placeholder).map(escaped);
    let first = parts.next().unwrap_or_default();
    let value = escaped(value.to_string());
    Ok(Safe(parts.fold(first, |out, part| format!("{out}<strong id=\"{name}\">{value}</strong>{part}"))))
}

/// `{{ "en"|language }}`: tag of the language of the page.
#[askama::filter_fn]
pub(crate) fn language(default: impl Display, values: &dyn Values) -> Result<String> {
    Ok(match get_value::<Translation>(values, TRANSLATION) {
        Ok(translation) => translation.language.clone(),
        Err(_) => default.to_string(),
    })
}

fn escaped(text: impl AsRef<str>) -> String {
    askama::filters::escape(text.as_ref(), askama::filters::Html)
        .map(|text| text.to_string())
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use askama::Template;

    use super::super::{Texts, filters};

    #[derive(Template)]
    #[template(
        source = r#"{{ "en"|language }}: {{ "to continue to {application}"|t|strong("application", name) }}, {{ "Since {time}, from {address}"|t|put("time", name)|put("address", "there") }}, {{ name|t }}"#,
        ext = "html"
    )]
    struct Page {
        name: &'static str,
    }

    #[test]
    fn what_is_put_into_a_text_never_becomes_markup() {
        let page = Page { name: "<b>{address}</b>" };
        let german = page.render_with_values(&Texts::built_in().preferred("de")).unwrap();
        let name = "&#60;b&#62;{address}&#60;/b&#62;";
        let start = format!("de: weiter zu <strong id=\"application\">{name}</strong>, Seit &#60;b&#62;");
        assert!(german.starts_with(&start) && german.ends_with(name), "{german}");
        assert!(!german.contains("<b>"), "{german}");
    }
}
