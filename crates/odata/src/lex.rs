//! Cuts a filter into tokens.

use riskgate_core::{Timestamp, is_guid};

use crate::error::{ParseError, ParseProblem, excerpt};

/// A token and where it starts.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Token {
    pub(crate) kind: TokenKind,
    pub(crate) at: usize,
}

/// Kinds of token. Operators and keywords are names here: only the parser knows where a name is one.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum TokenKind {
    Open,
    Close,
    Comma,
    Slash,
    Colon,
    Name(String),
    Text(String),
    Typed { type_name: String, text: String },
    Integer(i64),
    Double(f64),
    DateTime(Timestamp),
    Guid(String),
    End,
}

impl TokenKind {
    /// The token for messages.
    pub(crate) fn describe(&self) -> String {
        match self {
            Self::Open => "'('".to_owned(),
            Self::Close => "')'".to_owned(),
            Self::Comma => "','".to_owned(),
            Self::Slash => "'/'".to_owned(),
            Self::Colon => "':'".to_owned(),
            Self::Name(name) => format!("'{}'", excerpt(name)),
            Self::Text(_) => "a text".to_owned(),
            Self::Typed { type_name, .. } => format!("a literal of type '{}'", excerpt(type_name)),
            Self::Integer(_) | Self::Double(_) => "a number".to_owned(),
            Self::DateTime(_) => "a date-time".to_owned(),
            Self::Guid(_) => "a GUID".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// All tokens of a filter, the last one [`TokenKind::End`].
pub(crate) fn tokenize(text: &str) -> Result<Vec<Token>, ParseError> {
    let mut lexer = Lexer { rest: text, at: 0 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(|c| c.is_ascii_whitespace());
        let at = lexer.at;
        let kind = lexer.token()?;
        let is_end = kind == TokenKind::End;
        tokens.push(Token { kind, at });
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    at: usize,
}

/// Length of a GUID in characters.
const GUID_LENGTH: usize = 36;

impl<'a> Lexer<'a> {
    fn token(&mut self) -> Result<TokenKind, ParseError> {
        let Some(first) = self.rest.chars().next() else { return Ok(TokenKind::End) };
        if let Some(guid) = self.guid() {
            return Ok(guid);
        }
        let punctuation = match first {
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            ',' => TokenKind::Comma,
            '/' => TokenKind::Slash,
            ':' => TokenKind::Colon,
            '\'' => return self.text().map(TokenKind::Text),
            '-' | '0'..='9' => return self.number(),
            c if is_name_character(c) => return self.name(),
            c => return Err(self.error(self.at, ParseProblem::UnexpectedCharacter(c))),
        };
        self.take(first.len_utf8());
        Ok(punctuation)
    }

    /// A GUID starts like a number or like a name, so it is looked for first.
    fn guid(&mut self) -> Option<TokenKind> {
        let text = self.rest.get(..GUID_LENGTH)?;
        let next = self.rest.get(GUID_LENGTH..)?.chars().next();
        let is_whole = !next.is_some_and(|c| is_name_character(c) || c == '-' || c == '\'');
        if !is_whole || !is_guid(text) {
            return None;
        }
        Some(TokenKind::Guid(self.take(GUID_LENGTH).to_owned()))
    }

    /// A text in single quotes, a quote inside it doubled.
    fn text(&mut self) -> Result<String, ParseError> {
        let start = self.at;
        let mut text = String::new();
        self.take(1);
        loop {
            text.push_str(self.take_while(|c| c != '\''));
            if self.rest.is_empty() {
                return Err(self.error(start, ParseProblem::UnterminatedText));
            }
            self.take(1);
            if !self.rest.starts_with('\'') {
                break;
            }
            self.take(1);
            text.push('\'');
        }
        // No name or identifier holds one, databases refuse NUL, and the store separates list items by U+001F.
        if text.chars().any(char::is_control) {
            return Err(self.error(start, ParseProblem::ControlCharacter));
        }
        Ok(text)
    }

    fn name(&mut self) -> Result<TokenKind, ParseError> {
        let name = self.take_while(is_name_character).to_owned();
        if self.rest.starts_with('\'') {
            let text = self.text()?;
            return Ok(TokenKind::Typed { type_name: name, text });
        }
        Ok(TokenKind::Name(name))
    }

    /// A number, a date-time or a date.
    fn number(&mut self) -> Result<TokenKind, ParseError> {
        let start = self.at;
        let text = self.take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | ':' | '+' | '-'));
        number_or_moment(text).ok_or_else(|| self.error(start, ParseProblem::BadNumber(excerpt(text))))
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or((self.rest, ""));
        self.rest = rest;
        self.at = self.at.saturating_add(taken.len());
        taken
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> &'a str {
        self.take(self.rest.find(|c| !belongs(c)).unwrap_or(self.rest.len()))
    }

    fn error(&self, position: usize, problem: ParseProblem) -> ParseError {
        ParseError { position, problem }
    }
}

fn is_name_character(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '$' | '@' | '#')
}

fn number_or_moment(text: &str) -> Option<TokenKind> {
    let bytes = text.as_bytes();
    let is_year = bytes.iter().take(4).all(u8::is_ascii_digit);
    if is_year && bytes.get(4) == Some(&b'-') {
        let moment =
            if bytes.len() == "2026-11-23".len() { format!("{text}T00:00:00Z") } else { text.to_owned() };
        return moment.parse().ok().map(TokenKind::DateTime);
    }
    if bytes.iter().skip(1).all(u8::is_ascii_digit) {
        return text.parse().ok().map(TokenKind::Integer);
    }
    // Rust also reads `-inf` and `-nan`, which the characters rule out.
    let is_decimal =
        bytes.iter().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b'e' | b'E' | b'+' | b'-'));
    let number = text.parse::<f64>().ok().filter(|number| is_decimal && number.is_finite())?;
    Some(TokenKind::Double(number))
}

#[cfg(test)]
mod tests {
    use super::TokenKind::*;
    use super::*;

    fn kinds(text: &str) -> Vec<TokenKind> {
        tokenize(text).unwrap().into_iter().map(|token| token.kind).collect()
    }

    fn problem(text: &str) -> (usize, ParseProblem) {
        let error = tokenize(text).unwrap_err();
        (error.position, error.problem)
    }

    #[test]
    fn literals_are_told_apart() {
        assert_eq!(kinds("'it''s'"), [Text("it's".into()), End]);
        assert_eq!(kinds("''"), [Text(String::new()), End]);
        assert_eq!(kinds("-12"), [Integer(-12), End]);
        assert_eq!(kinds("1.5e+3"), [Double(1500.0), End]);
        assert_eq!(
            kinds("microsoft.graph.riskLevel'high'"),
            [Typed { type_name: "microsoft.graph.riskLevel".into(), text: "high".into() }, End]
        );
        for guid in ["12345678-90ab-4cde-8f01-234567890abc", "abcdef01-90ab-4cde-8f01-234567890abc"] {
            assert_eq!(kinds(guid), [Guid(guid.into()), End]);
        }
    }

    #[test]
    fn moments_are_read_with_offset_fraction_or_as_days() {
        let moment = |text: &str| DateTime(text.parse().unwrap());
        assert_eq!(kinds("2019-09-01T00:00:00Z"), [moment("2019-09-01T00:00:00Z"), End]);
        assert_eq!(kinds("2019-09-01T02:00:00.1234567+02:00"), [moment("2019-09-01T00:00:00.123456Z"), End]);
        assert_eq!(kinds("2019-09-01"), [moment("2019-09-01T00:00:00Z"), End]);
    }

    #[test]
    fn a_lambda_may_be_written_without_spaces() {
        assert_eq!(
            kinds("a/any(x:x"),
            [
                Name("a".into()),
                Slash,
                Name("any".into()),
                Open,
                Name("x".into()),
                Colon,
                Name("x".into()),
                End
            ]
        );
    }

    #[test]
    fn errors_name_the_place() {
        assert_eq!(problem("a eq 'b"), (5, ParseProblem::UnterminatedText));
        assert_eq!(problem("a eq \"b\""), (5, ParseProblem::UnexpectedCharacter('"')));
        assert_eq!(problem("a eq 12x"), (5, ParseProblem::BadNumber("12x".into())));
        assert_eq!(problem("a eq 2019-13-01"), (5, ParseProblem::BadNumber("2019-13-01".into())));
        assert_eq!(
            problem("a eq 99999999999999999999"),
            (5, ParseProblem::BadNumber("99999999999999999999".into()))
        );
        assert_eq!(problem("a eq 1e999"), (5, ParseProblem::BadNumber("1e999".into())));
        assert_eq!(problem("a eq -"), (5, ParseProblem::BadNumber("-".into())));
        assert_eq!(problem("a eq 'b\u{1f}c'"), (5, ParseProblem::ControlCharacter));
        assert_eq!(problem("ä eq 1"), (0, ParseProblem::UnexpectedCharacter('ä')));
    }
}
