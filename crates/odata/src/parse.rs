//! Reads a filter: operator precedence after Pratt, one function for what starts an operand.

mod operand;

use crate::ast::{At, Expression, Literal, LiteralValue, Operator};
use crate::error::{ParseError, ParseProblem};
use crate::lex::{Token, TokenKind, tokenize};

/// Longest filter that is read, in bytes.
pub const MAX_FILTER_LENGTH: usize = 8 * 1024;
/// Deepest nesting of parentheses, `not`, functions and lambdas.
pub const MAX_FILTER_DEPTH: usize = 32;
/// Most names, literals and operators.
pub const MAX_FILTER_NODES: usize = 512;

/// Reads a `$filter`, already percent-decoded. Names of operators, functions and keywords may be in any case.
///
/// # Errors
/// [`ParseError`] with the place, for text that is no filter and for one beyond the limits of this module.
pub fn parse_filter(text: &str) -> Result<Expression, ParseError> {
    if text.len() > MAX_FILTER_LENGTH {
        return Err(ParseError { position: MAX_FILTER_LENGTH, problem: ParseProblem::TooLong });
    }
    let mut parser = Parser { tokens: tokenize(text)?, next: 0, depth: 0, nodes: 0 };
    let expression = parser.expression(Power::Or)?;
    match parser.peek() {
        TokenKind::End => Ok(expression),
        TokenKind::Name(name) => {
            Err(parser.error(ParseProblem::UnknownOperator(crate::error::excerpt(name))))
        }
        _ => Err(parser.expected("an operator or the end")),
    }
}

/// How strongly operators bind, weakest first (OData 4.01 part 2 §5.1.1.17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Power {
    Or,
    And,
    Equality,
    Relation,
    Operand,
}

impl Power {
    /// The next stronger one: what the right operand of a left-associative operator is read with.
    fn stronger(self) -> Self {
        match self {
            Self::Or => Self::And,
            Self::And => Self::Equality,
            Self::Equality => Self::Relation,
            Self::Relation | Self::Operand => Self::Operand,
        }
    }
}

/// An operator between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Infix {
    Or,
    And,
    In,
    Compare(Operator),
}

impl Infix {
    fn from_name(name: &str) -> Option<Self> {
        match name.to_ascii_lowercase().as_str() {
            "or" => Some(Self::Or),
            "and" => Some(Self::And),
            "in" => Some(Self::In),
            _ => Operator::from_name(name).map(Self::Compare),
        }
    }

    fn power(self) -> Power {
        match self {
            Self::Or => Power::Or,
            Self::And => Power::And,
            Self::Compare(Operator::Equal | Operator::NotEqual) => Power::Equality,
            Self::In | Self::Compare(_) => Power::Relation,
        }
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    nodes: usize,
}

impl Parser {
    /// An expression of operators that bind at least as strongly as `weakest`.
    fn expression(&mut self, weakest: Power) -> Result<Expression, ParseError> {
        let depth = self.depth;
        let mut left = self.operand()?;
        while let Some(infix) = self.peek_infix().filter(|infix| infix.power() >= weakest) {
            left = match infix {
                Infix::And => Expression::And(self.joined(left, infix)?),
                Infix::Or => Expression::Or(self.joined(left, infix)?),
                Infix::In => self.membership(left)?,
                Infix::Compare(operator) => self.comparison(left, operator)?,
            };
            // `a eq b eq c` nests to the left without parentheses, so every round counts as depth.
            self.deepen()?;
        }
        self.depth = depth;
        Ok(left)
    }

    /// `left and b and c`: all operands of one run of the same operator.
    fn joined(&mut self, left: Expression, infix: Infix) -> Result<Vec<Expression>, ParseError> {
        let mut items = vec![left];
        while self.peek_infix() == Some(infix) {
            self.advance()?;
            items.push(self.expression(infix.power().stronger())?);
        }
        Ok(items)
    }

    fn comparison(&mut self, left: Expression, operator: Operator) -> Result<Expression, ParseError> {
        let at = self.advance()?;
        let right = self.expression(Infix::Compare(operator).power().stronger())?;
        Ok(Expression::Compare { left: Box::new(left), operator, right: Box::new(right), at })
    }

    fn membership(&mut self, left: Expression) -> Result<Expression, ParseError> {
        let at = self.advance()?;
        self.expect(&TokenKind::Open, "'(' after 'in'")?;
        let mut items = vec![self.literal()?];
        while *self.peek() == TokenKind::Comma {
            self.advance()?;
            items.push(self.literal()?);
        }
        self.expect(&TokenKind::Close, "',' or ')'")?;
        Ok(Expression::In { left: Box::new(left), items, at })
    }

    fn literal(&mut self) -> Result<Literal, ParseError> {
        let Some(value) = self.peek_literal() else { return Err(self.expected("a literal")) };
        let at = self.advance()?;
        Ok(Literal { value, at })
    }

    fn peek_literal(&self) -> Option<LiteralValue> {
        Some(match self.peek() {
            TokenKind::Text(text) => LiteralValue::String(text.clone()),
            TokenKind::Typed { type_name, text } => {
                LiteralValue::Typed { type_name: type_name.clone(), text: text.clone() }
            }
            TokenKind::Integer(value) => LiteralValue::Integer(*value),
            TokenKind::Double(value) => LiteralValue::Double(*value),
            TokenKind::DateTime(value) => LiteralValue::DateTime(*value),
            TokenKind::Guid(text) => LiteralValue::Guid(text.clone()),
            TokenKind::Name(name) if name.eq_ignore_ascii_case("null") => LiteralValue::Null,
            TokenKind::Name(name) if name.eq_ignore_ascii_case("true") => LiteralValue::Boolean(true),
            TokenKind::Name(name) if name.eq_ignore_ascii_case("false") => LiteralValue::Boolean(false),
            _ => return None,
        })
    }

    fn peek_infix(&self) -> Option<Infix> {
        match self.peek() {
            TokenKind::Name(name) => Infix::from_name(name),
            _ => None,
        }
    }

    fn peek(&self) -> &TokenKind {
        self.tokens.get(self.next).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn peek_second(&self) -> &TokenKind {
        self.tokens.get(self.next.saturating_add(1)).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn position(&self) -> usize {
        self.tokens.get(self.next).or(self.tokens.last()).map_or(0, |token| token.at)
    }

    /// Passes a token and returns where it was.
    fn advance(&mut self) -> Result<At, ParseError> {
        let is_part = !matches!(
            self.peek(),
            TokenKind::Open | TokenKind::Close | TokenKind::Comma | TokenKind::Slash | TokenKind::Colon
        );
        self.nodes = self.nodes.saturating_add(usize::from(is_part));
        if self.nodes > MAX_FILTER_NODES {
            return Err(self.error(ParseProblem::TooManyParts));
        }
        let at = At(self.position());
        self.next = self.next.saturating_add(1);
        Ok(at)
    }

    fn expect(&mut self, kind: &TokenKind, expected: &'static str) -> Result<(), ParseError> {
        if self.peek() == kind { self.advance().map(|_| ()) } else { Err(self.expected(expected)) }
    }

    /// Counts one level of nesting.
    fn deepen(&mut self) -> Result<(), ParseError> {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_FILTER_DEPTH { Err(self.error(ParseProblem::TooDeep)) } else { Ok(()) }
    }

    /// Reads something one level deeper.
    fn nested<T>(&mut self, read: impl FnOnce(&mut Self) -> Result<T, ParseError>) -> Result<T, ParseError> {
        let depth = self.depth;
        self.deepen()?;
        let result = read(self)?;
        self.depth = depth;
        Ok(result)
    }

    fn expected(&self, expected: &'static str) -> ParseError {
        self.error(ParseProblem::Expected { expected, found: self.peek().describe() })
    }

    fn error(&self, problem: ParseProblem) -> ParseError {
        ParseError { position: self.position(), problem }
    }
}
