//! Reads as much of a page as a person looks at: its forms and the texts of elements that have an identifier.

/// A page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Html {
    /// Its forms, in order.
    pub(super) forms: Vec<Form>,
    /// Identifiers of elements with their text, up to the next tag.
    texts: Vec<(String, String)>,
    /// Text of the first heading.
    pub(super) heading: String,
}

/// A form.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Form {
    /// Where it is sent; relative to the page.
    pub(super) action: String,
    /// Names and values of its input fields, in order.
    pub(super) fields: Vec<(String, String)>,
}

impl Html {
    /// Reads a page. What is no HTML has neither forms nor elements.
    pub(super) fn parse(text: &str) -> Self {
        let mut page = Self::default();
        let mut rest = text;
        while let Some((_, after)) = rest.split_once('<') {
            rest = match after.strip_prefix("!--") {
                Some(comment) => comment.split_once("-->").map_or("", |(_, after)| after),
                None => {
                    let (tag, after) = Tag::parse(after);
                    page.add(&tag, after);
                    after
                }
            };
        }
        page
    }

    /// The first form that has a field of this name.
    pub(super) fn form_with(&self, field: &str) -> Option<&Form> {
        self.forms.iter().find(|form| form.has(field))
    }

    /// The text of the element with this identifier.
    pub(super) fn text_of(&self, id: &str) -> Option<&str> {
        self.texts.iter().find(|(known, _)| known == id).map(|(_, text)| text.as_str())
    }

    fn add(&mut self, tag: &Tag, after: &str) {
        let text = || decode(after.split('<').next().unwrap_or_default().trim());
        match tag.name.as_str() {
            "form" => {
                let action = tag.attribute("action").unwrap_or_default();
                self.forms.push(Form { action, fields: Vec::new() });
            }
            "input" => {
                if let (Some(form), Some(name)) = (self.forms.last_mut(), tag.attribute("name")) {
                    form.fields.push((name, tag.attribute("value").unwrap_or_default()));
                }
            }
            "h1" if self.heading.is_empty() => self.heading = text(),
            _ => {}
        }
        if let Some(id) = tag.attribute("id") {
            self.texts.push((id, text()));
        }
    }
}

impl Form {
    /// Whether there is a field of this name.
    pub(super) fn has(&self, field: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == field)
    }

    /// The value of a field.
    pub(super) fn value(&self, field: &str) -> Option<&str> {
        self.fields.iter().find(|(name, _)| name == field).map(|(_, value)| value.as_str())
    }

    /// The form as it is sent when a button of this name and value is pressed.
    pub(super) fn pressing(&self, name: &str, value: &str) -> Self {
        let mut form = self.clone();
        form.fields.push((name.to_owned(), value.to_owned()));
        form
    }

    /// The fields as they are sent, with these values filled in.
    pub(super) fn filled(&self, values: &[(&str, &str)]) -> Vec<(String, String)> {
        let fill = |(name, value): &(String, String)| {
            let filled = values.iter().find(|(known, _)| known == name);
            (name.clone(), filled.map_or_else(|| value.clone(), |(_, value)| (*value).to_owned()))
        };
        self.fields.iter().map(fill).collect()
    }
}

/// An opening tag; a closing one has a name that begins with a slash.
struct Tag {
    name: String,
    attributes: Vec<(String, String)>,
}

impl Tag {
    /// The tag at the beginning of a text, and what follows it.
    fn parse(text: &str) -> (Self, &str) {
        let end = text.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(text.len());
        let (name, mut rest) = text.split_at(end);
        let mut tag = Self { name: name.to_ascii_lowercase(), attributes: Vec::new() };
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() {
                return (tag, rest);
            }
            if let Some(after) = rest.strip_prefix('>') {
                return (tag, after);
            }
            // A character that begins no name is passed over, so that every round gets further.
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            let end = end.max(rest.chars().next().map_or(1, char::len_utf8));
            let (name, after) = rest.split_at(end);
            let (value, after) = value(after);
            tag.attributes.push((name.to_ascii_lowercase(), value));
            rest = after;
        }
    }

    fn attribute(&self, name: &str) -> Option<String> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.clone())
    }
}

/// The value of an attribute, in quotes or without, and what follows it.
fn value(text: &str) -> (String, &str) {
    let Some(rest) = text.trim_start().strip_prefix('=') else { return (String::new(), text) };
    let rest = rest.trim_start();
    for quote in ['"', '\''] {
        if let Some(quoted) = rest.strip_prefix(quote) {
            let (value, after) = quoted.split_once(quote).unwrap_or((quoted, ""));
            return (decode(value), after);
        }
    }
    let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
    let (value, after) = rest.split_at(end);
    (decode(value), after)
}

/// Replaces the references that templates write: the five of XML, and numbers.
fn decode(text: &str) -> String {
    let mut decoded = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('&') {
        decoded.push_str(before);
        match after.split_once(';').and_then(|(name, after)| Some((reference(name)?, after))) {
            Some((character, after)) => {
                decoded.push(character);
                rest = after;
            }
            None => {
                decoded.push('&');
                rest = after;
            }
        }
    }
    decoded.push_str(rest);
    decoded
}

fn reference(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(digits) => u32::from_str_radix(digits, 16),
                None => number.parse(),
            };
            char::from_u32(code.ok()?)
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_form_is_read_as_a_browser_would_send_it() {
        let page = Html::parse(
            "<!-- <form action='/no'> --><h1 id=\"title\">Sign in &amp; go</h1>\n<form method=\"post\" action=\"/signin?a=1&amp;b=2\">\
             <input type='hidden' name='ctx' value='&quot;&#39;&#x27;&lt;'><input NAME=username value=\"\" required autofocus>\
             <input name=\"password\"/><button type=submit>Go</button></form><dd id=\"error-code\">53003</dd>",
        );
        let form = page.form_with("password").unwrap();
        assert_eq!(form.action, "/signin?a=1&b=2");
        let sent = form.filled(&[("username", "anna"), ("password", "p"), ("other", "x")]);
        let sent: Vec<_> = sent.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(sent, [("ctx", "\"''<"), ("username", "anna"), ("password", "p")]);
        assert_eq!((page.text_of("error-code"), page.heading.as_str()), (Some("53003"), "Sign in & go"));
        assert_eq!(page.form_with("code"), None);
        assert_eq!(page.text_of("missing"), None);
    }

    proptest! {
        #[test]
        fn anything_is_read_without_end_or_panic(text in "[<>=/a-z'\"&;#! ü-]{0,200}") {
            Html::parse(&text);
        }
    }
}
