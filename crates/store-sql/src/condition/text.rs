use riskgate_odata::TextFunction;
use riskgate_store::{ColumnKind, StoreError, Table};
use sea_query::{Expr, ExprTrait, LikeExpr};

use super::{Condition, Operand, is_single, negation, not_queryable, value};
use crate::dialect::Param;
use crate::document::{item_value, text_value};

/// Longest pattern of `LIKE`, in bytes; SQLite refuses longer ones than 50 000.
const LONGEST_PATTERN: usize = 50_000;

/// Makes the next character of a pattern mean itself.
const ESCAPE: char = '!';

/// A text function, or where it does not hold.
pub(super) fn lower(
    table: &'static Table,
    path: &str,
    function: TextFunction,
    text: &str,
    negated: bool,
) -> Result<Condition, StoreError> {
    let operand = Operand::find(table, path)?;
    if !is_single(operand) {
        return Err(not_queryable(table, path));
    }
    let text = match (operand, function) {
        (Operand::Id, _) if text.contains('\0') => return Ok(Condition::Constant(negated)),
        (Operand::Id, _) => text.to_owned(),
        (Operand::Column(column), _) if column.kind != ColumnKind::Text => {
            return Ok(Condition::Constant(negated));
        }
        // The column may be cut, so the beginning that is looked for must be too.
        (Operand::Column(column), TextFunction::StartsWith) => text_value(table, column, text),
        (Operand::Column(_), _) => crate::document::fold(text),
    };
    let expr = match function {
        TextFunction::StartsWith => starts_with(operand.expr(), &text),
        TextFunction::EndsWith => like(table, path, operand.expr(), &format!("%{}", escaped(&text)))?,
        TextFunction::Contains => like(table, path, operand.expr(), &format!("%{}%", escaped(&text)))?,
    };
    Ok(Condition::Sql(if negated { negation(operand, expr) } else { expr }))
}

/// As a range, which an index serves on every engine: `'ab' <= column < 'ac'`.
fn starts_with(column: Expr, prefix: &str) -> Expr {
    let from = column.clone().gte(value(Param::Text(prefix.to_owned())));
    match after_all(prefix) {
        Some(end) => from.and(column.lt(value(Param::Text(end)))),
        None => from,
    }
}

/// The first text behind all that start with `prefix`, ordered by code point; `None` if there is none.
fn after_all(prefix: &str) -> Option<String> {
    let mut end = prefix.to_owned();
    while let Some(last) = end.pop() {
        let next = match last {
            // Behind it lie the surrogates, which are no characters.
            '\u{d7ff}' => Some('\u{e000}'),
            other => char::from_u32(u32::from(other).saturating_add(1)),
        };
        if let Some(next) = next {
            end.push(next);
            return Some(end);
        }
    }
    None
}

/// `LIKE` with a pattern; case matters (SQLite is told so for every connection).
pub(super) fn like(table: &Table, path: &str, column: Expr, pattern: &str) -> Result<Expr, StoreError> {
    if pattern.len() > LONGEST_PATTERN {
        return Err(not_queryable(
            table,
            &format!("{path} with a text of more than {LONGEST_PATTERN} bytes"),
        ));
    }
    Ok(column.like(LikeExpr::new(pattern).escape(ESCAPE)))
}

/// The text as a pattern that matches just it.
pub(super) fn escaped(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '%' | '_' | ESCAPE) {
            pattern.push(ESCAPE);
        }
        pattern.push(character);
    }
    pattern
}

/// The text of a list item as a pattern.
pub(super) fn escaped_item(text: &str) -> String {
    escaped(&item_value(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_prefix_is_the_next_text_by_code_point() {
        for (prefix, end) in [
            ("ab", Some("ac")),
            ("a\u{10ffff}", Some("b")),
            ("\u{d7ff}", Some("\u{e000}")),
            ("\u{10ffff}\u{10ffff}", None),
            ("", None),
        ] {
            assert_eq!(after_all(prefix).as_deref(), end, "{prefix:?}");
        }
    }

    #[test]
    fn patterns_match_only_their_text() {
        assert_eq!(escaped("50%_!\\"), "50!%!_!!\\");
    }
}
