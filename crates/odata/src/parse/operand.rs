//! What an expression starts with: a literal, a path, a function, a lambda, `not` or parentheses.

use super::{Parser, Power};
use crate::ast::{Expression, Path, Quantifier};
use crate::error::ParseError;
use crate::lex::TokenKind;

impl Parser {
    pub(super) fn operand(&mut self) -> Result<Expression, ParseError> {
        match self.peek().clone() {
            TokenKind::Open => self.nested(Self::parenthesised),
            TokenKind::Name(name) => self.named(name),
            _ => self.literal().map(Expression::Literal).map_err(|error| match self.peek() {
                TokenKind::End => self.expected("a condition"),
                _ => error,
            }),
        }
    }

    fn parenthesised(&mut self) -> Result<Expression, ParseError> {
        self.advance()?;
        let inner = self.expression(Power::Or)?;
        self.expect(&TokenKind::Close, "')'")?;
        Ok(inner)
    }

    /// An operand that starts with a name; what follows the name says what it is.
    fn named(&mut self, name: String) -> Result<Expression, ParseError> {
        if name.eq_ignore_ascii_case("not") {
            self.advance()?;
            return Ok(Expression::Not(Box::new(self.nested(Self::operand)?)));
        }
        match self.peek_second() {
            TokenKind::Open => self.nested(|parser| parser.call(&name)),
            TokenKind::Slash => self.path(name),
            _ if self.peek_literal().is_some() => self.literal().map(Expression::Literal),
            _ => self.path(name),
        }
    }

    fn call(&mut self, name: &str) -> Result<Expression, ParseError> {
        let at = self.advance()?;
        self.expect(&TokenKind::Open, "'('")?;
        let mut arguments = Vec::new();
        if *self.peek() != TokenKind::Close {
            arguments.push(self.expression(Power::Or)?);
            while *self.peek() == TokenKind::Comma {
                self.advance()?;
                arguments.push(self.expression(Power::Or)?);
            }
        }
        self.expect(&TokenKind::Close, "',' or ')'")?;
        Ok(Expression::Call { function: name.to_ascii_lowercase(), arguments, at })
    }

    /// A path, which `$count` or a lambda may end.
    fn path(&mut self, first: String) -> Result<Expression, ParseError> {
        let at = self.advance()?;
        let mut path = Path { segments: vec![first], at };
        while *self.peek() == TokenKind::Slash {
            self.advance()?;
            let name = self.name("a property name after '/'")?;
            if *self.peek() == TokenKind::Open {
                let quantifier = self.quantifier(&name)?;
                return self.nested(|parser| parser.lambda(path, quantifier));
            }
            if name.eq_ignore_ascii_case("$count") {
                return Ok(Expression::Count(path));
            }
            path.segments.push(name);
        }
        Ok(Expression::Path(path))
    }

    fn quantifier(&self, name: &str) -> Result<Quantifier, ParseError> {
        match name.to_ascii_lowercase().as_str() {
            "any" => Ok(Quantifier::Any),
            "all" => Ok(Quantifier::All),
            _ => Err(self.expected("'any' or 'all' before '('")),
        }
    }

    /// `(x: condition)` or `()`, after `any` or `all`.
    fn lambda(&mut self, collection: Path, quantifier: Quantifier) -> Result<Expression, ParseError> {
        self.expect(&TokenKind::Open, "'('")?;
        if *self.peek() == TokenKind::Close && quantifier == Quantifier::Any {
            self.advance()?;
            return Ok(Expression::Lambda { collection, quantifier, body: None });
        }
        let variable = self.name("a range variable")?;
        self.expect(&TokenKind::Colon, "':' after the range variable")?;
        let condition = self.expression(Power::Or)?;
        self.expect(&TokenKind::Close, "')'")?;
        Ok(Expression::Lambda { collection, quantifier, body: Some((variable, Box::new(condition))) })
    }

    fn name(&mut self, expected: &'static str) -> Result<String, ParseError> {
        let TokenKind::Name(name) = self.peek().clone() else { return Err(self.expected(expected)) };
        self.advance()?;
        Ok(name)
    }
}
