//! Reads a rule: one function for each line of the grammar in [`super`].

use std::marker::PhantomData;

use super::attribute::{Attribute, Kind};
use super::error::{FilterRuleError, Problem};
use super::expression::{Comparison, Expression, Folded, Test};
use super::lex::{Token, TokenKind, tokenize};
use super::operator::{Joint, Operator, Relation};
use super::{MAX_RULE_CHARACTERS, MAX_RULE_DEPTH, MAX_RULE_TERMS};
use crate::error::shortened;

pub(super) fn parse<A: Attribute>(text: &str) -> Result<Expression<A>, FilterRuleError> {
    if text.chars().nth(MAX_RULE_CHARACTERS).is_some() {
        return Err(FilterRuleError::new(MAX_RULE_CHARACTERS.saturating_add(1), Problem::TooLong));
    }
    let mut parser = Parser { tokens: tokenize(text)?, next: 0, depth: 0, terms: 0, attributes: PhantomData };
    let expression = parser.rule()?;
    match parser.peek() {
        TokenKind::End => Ok(expression),
        _ => Err(parser.expected("'-and', '-or' or the end")),
    }
}

struct Parser<A> {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    terms: usize,
    attributes: PhantomData<A>,
}

type Parsed<T> = Result<T, FilterRuleError>;

impl<A: Attribute> Parser<A> {
    fn rule(&mut self) -> Parsed<Expression<A>> {
        self.joined(Joint::Or, Self::all, Expression::Any)
    }

    fn all(&mut self) -> Parsed<Expression<A>> {
        self.joined(Joint::And, Self::operand, Expression::All)
    }

    /// Items with the joint between them; a single item stays what it is.
    fn joined(
        &mut self,
        joint: Joint,
        item: fn(&mut Self) -> Parsed<Expression<A>>,
        join: fn(Vec<Expression<A>>) -> Expression<A>,
    ) -> Parsed<Expression<A>> {
        let first = item(self)?;
        if self.peek_joint() != Some(joint) {
            return Ok(first);
        }
        let mut items = vec![first];
        while self.peek_joint() == Some(joint) {
            self.advance();
            items.push(item(self)?);
        }
        Ok(join(items))
    }

    fn operand(&mut self) -> Parsed<Expression<A>> {
        if self.peek_joint() == Some(Joint::Not) {
            return self.nested(|parser| Ok(Expression::Not(Box::new(parser.operand()?))));
        }
        match self.peek() {
            TokenKind::Open => self.nested(|parser| {
                let inner = parser.rule()?;
                parser.expect(&TokenKind::Close, "')'")?;
                Ok(inner)
            }),
            TokenKind::Name(_) => self.comparison().map(Expression::Compare),
            _ => Err(self.expected(A::OPERAND)),
        }
    }

    /// Takes the token that nests and reads what is inside, unless that is too deep.
    fn nested(&mut self, inside: impl FnOnce(&mut Self) -> Parsed<Expression<A>>) -> Parsed<Expression<A>> {
        if self.depth >= MAX_RULE_DEPTH {
            return Err(self.error(Problem::TooDeep));
        }
        self.advance();
        self.depth = self.depth.saturating_add(1);
        let expression = inside(self)?;
        self.depth = self.depth.saturating_sub(1);
        Ok(expression)
    }

    fn comparison(&mut self) -> Parsed<Comparison<A>> {
        self.count_term()?;
        let attribute = self.attribute()?;
        let operator = self.operator(&attribute)?;
        let test = self.test(attribute.kind(), operator.relation)?;
        Ok(Comparison { attribute, test, is_negative: operator.is_negative })
    }

    fn attribute(&mut self) -> Parsed<A> {
        let TokenKind::Name(name) = self.peek() else { return Err(self.expected(A::OPERAND)) };
        let unknown = || Problem::UnknownAttribute { name: shortened(name), description: A::DESCRIPTION };
        let attribute = A::from_name(name).ok_or_else(|| self.error(unknown()))?;
        self.advance();
        Ok(attribute)
    }

    fn operator(&mut self, attribute: &A) -> Parsed<Operator> {
        let TokenKind::Operator(name) = self.peek() else {
            return Err(self.expected("an operator such as '-eq'"));
        };
        let operator =
            Operator::from_name(name).ok_or_else(|| self.error(Problem::UnknownOperator(shortened(name))))?;
        let (fits, expected) = match attribute.kind() {
            Kind::Text | Kind::TextOrCollection => (true, ""),
            Kind::Boolean => (operator.relation == Relation::Equals, "'-eq' or '-ne'"),
            Kind::Collection => {
                let fits = matches!(operator.relation, Relation::Contains | Relation::Equals);
                (fits, "'-contains' or '-notContains'")
            }
        };
        if !fits {
            let problem = Problem::OperatorDoesNotFit {
                attribute: attribute.to_string(),
                operator: shortened(name),
                expected,
            };
            return Err(self.error(problem));
        }
        self.advance();
        Ok(operator)
    }

    fn test(&mut self, kind: Kind, relation: Relation) -> Parsed<Test> {
        if relation == Relation::Equals && self.take_word("null") {
            return Ok(Test::IsNull);
        }
        match (kind, relation) {
            (Kind::Boolean, _) => self.boolean().map(Test::Is),
            (Kind::Collection, Relation::Equals) => {
                Err(self.expected("null after a collection and '-eq' or '-ne'"))
            }
            (_, Relation::Equals) => self.text("a text in double quotes or null").map(Test::Equals),
            (_, Relation::StartsWith) => self.text(TEXT).map(Test::StartsWith),
            (_, Relation::EndsWith) => self.text(TEXT).map(Test::EndsWith),
            (_, Relation::Contains) => self.text(TEXT).map(Test::Contains),
            (_, Relation::In) => self.list().map(Test::In),
        }
    }

    /// `True` or `False`, in quotes or without: the vendor's own rules have both.
    fn boolean(&mut self) -> Parsed<bool> {
        let (TokenKind::Name(word) | TokenKind::Text(word)) = self.peek() else {
            return Err(self.expected("True, False or null"));
        };
        let value = [("true", true), ("false", false)]
            .into_iter()
            .find(|(known, _)| known.eq_ignore_ascii_case(word))
            .map(|(_, value)| value)
            .ok_or_else(|| self.expected("True, False or null"))?;
        self.advance();
        Ok(value)
    }

    fn list(&mut self) -> Parsed<Vec<Folded>> {
        self.expect(&TokenKind::OpenList, "a list such as [\"a\", \"b\"]")?;
        let mut items = Vec::new();
        loop {
            self.count_term()?;
            items.push(self.text(TEXT)?);
            if *self.peek() != TokenKind::Comma {
                break;
            }
            self.advance();
        }
        self.expect(&TokenKind::CloseList, "',' or ']'")?;
        Ok(items)
    }

    fn text(&mut self, expected: &'static str) -> Parsed<Folded> {
        let TokenKind::Text(text) = self.peek() else { return Err(self.expected(expected)) };
        let text = Folded::new(text);
        self.advance();
        Ok(text)
    }

    fn count_term(&mut self) -> Parsed<()> {
        self.terms = self.terms.saturating_add(1);
        if self.terms > MAX_RULE_TERMS { Err(self.error(Problem::TooManyTerms)) } else { Ok(()) }
    }

    fn take_word(&mut self, wanted: &str) -> bool {
        let is_it = matches!(self.peek(), TokenKind::Name(word) if word.eq_ignore_ascii_case(wanted));
        if is_it {
            self.advance();
        }
        is_it
    }

    fn expect(&mut self, kind: &TokenKind, expected: &'static str) -> Parsed<()> {
        if self.peek() != kind {
            return Err(self.expected(expected));
        }
        self.advance();
        Ok(())
    }

    fn peek(&self) -> &TokenKind {
        self.tokens.get(self.next).map_or(&TokenKind::End, |token| &token.kind)
    }

    fn peek_joint(&self) -> Option<Joint> {
        match self.peek() {
            TokenKind::Operator(word) => Joint::from_name(word),
            _ => None,
        }
    }

    fn advance(&mut self) {
        self.next = self.next.saturating_add(1);
    }

    fn expected(&self, expected: &'static str) -> FilterRuleError {
        self.error(Problem::Expected { expected, found: self.peek().describe() })
    }

    /// The problem at the token that is next.
    fn error(&self, problem: Problem) -> FilterRuleError {
        let position = self.tokens.get(self.next).map_or(1, |token| token.position);
        FilterRuleError::new(position, problem)
    }
}

const TEXT: &str = "a text in double quotes";
