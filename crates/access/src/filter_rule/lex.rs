//! Cuts a rule into tokens.

use super::error::{FilterRuleError, Problem};
use crate::error::shortened;

/// A token and the character it starts at, from 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    pub(super) position: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenKind {
    Open,
    Close,
    OpenList,
    CloseList,
    Comma,
    /// A word that starts with a hyphen, the hyphen included.
    Operator(String),
    Name(String),
    Text(String),
    End,
}

impl TokenKind {
    /// The token for messages.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Open => "'('".to_owned(),
            Self::Close => "')'".to_owned(),
            Self::OpenList => "'['".to_owned(),
            Self::CloseList => "']'".to_owned(),
            Self::Comma => "','".to_owned(),
            Self::Operator(word) | Self::Name(word) => format!("'{}'", shortened(word)),
            Self::Text(_) => "a text".to_owned(),
            Self::End => "the end".to_owned(),
        }
    }
}

/// All tokens of a rule, the last one [`TokenKind::End`].
pub(super) fn tokenize(text: &str) -> Result<Vec<Token>, FilterRuleError> {
    let mut lexer = Lexer { rest: text.chars().peekable(), position: 1 };
    let mut tokens = Vec::new();
    loop {
        lexer.take_while(char::is_whitespace);
        let position = lexer.position;
        let kind = lexer.token()?;
        let is_end = kind == TokenKind::End;
        tokens.push(Token { kind, position });
        if is_end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: std::iter::Peekable<std::str::Chars<'a>>,
    position: usize,
}

impl Lexer<'_> {
    fn token(&mut self) -> Result<TokenKind, FilterRuleError> {
        let position = self.position;
        let Some(first) = self.next() else { return Ok(TokenKind::End) };
        Ok(match first {
            '(' => TokenKind::Open,
            ')' => TokenKind::Close,
            '[' => TokenKind::OpenList,
            ']' => TokenKind::CloseList,
            ',' => TokenKind::Comma,
            '"' => TokenKind::Text(self.text(position)?),
            '-' => TokenKind::Operator(self.word(first)),
            first if is_name_character(first) => TokenKind::Name(self.word(first)),
            first => return Err(FilterRuleError::new(position, Problem::UnexpectedCharacter(first))),
        })
    }

    /// The rest of a text whose opening quote was taken. The escape is the one of dynamic groups: a backtick before a
    /// quote or another backtick.
    fn text(&mut self, start: usize) -> Result<String, FilterRuleError> {
        let mut text = String::new();
        loop {
            let position = self.position;
            match self.next() {
                None => return Err(FilterRuleError::new(start, Problem::UnterminatedText)),
                Some('"') => return Ok(text),
                Some('`') => match self.next() {
                    Some(escaped @ ('"' | '`')) => text.push(escaped),
                    _ => return Err(FilterRuleError::new(position, Problem::BadEscape)),
                },
                Some(character) => text.push(character),
            }
        }
    }

    fn word(&mut self, first: char) -> String {
        let mut word = String::from(first);
        word.push_str(&self.take_while(is_name_character));
        word
    }

    fn take_while(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let mut taken = String::new();
        while let Some(character) = self.rest.next_if(|character| belongs(*character)) {
            self.position = self.position.saturating_add(1);
            taken.push(character);
        }
        taken
    }

    fn next(&mut self) -> Option<char> {
        let next = self.rest.next()?;
        self.position = self.position.saturating_add(1);
        Some(next)
    }
}

fn is_name_character(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '.')
}
