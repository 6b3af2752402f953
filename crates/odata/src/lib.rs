//! OData query options as Microsoft Graph speaks them: read, checked against the schema, evaluated.
//!
//! The way of a `$filter`: [`parse_filter`] turns text into an [`Expression`], [`bind_filter`] checks it against a
//! [`StructuredType`](riskgate_model::schema::StructuredType) and yields a [`Filter`], which a store turns into SQL
//! and [`Filter::matches`] evaluates in memory. [`parse_options`] does this for a whole query string.
//!
//! To add a function of a text (`tolower`, say):
//! 1. give it a member in [`TextFunction`], with what it means;
//! 2. name it in `bind/function.rs`, where its arguments are checked;
//! 3. evaluate it in `evaluate.rs`, and let every store render it.
//!
//! To add an operator between two operands:
//! 1. give it a member in [`Operator`] with its name and, in `parse.rs`, its power;
//! 2. bind it in `bind/comparison.rs` to an existing or a new [`Filter`];
//! 3. as for a function.
//!
//! To add a query option: a field in [`QueryOptions`], a line in `options.rs` that recognises the name, and a check
//! of its value that refuses everything the server would not honour.
//!
//! Everything is bounded: filters by [`MAX_FILTER_LENGTH`], [`MAX_FILTER_DEPTH`] and [`MAX_FILTER_NODES`], query
//! strings by [`MAX_QUERY_LENGTH`]; nothing panics, whatever the text.
#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod ast;
mod bind;
mod display;
mod error;
mod evaluate;
mod filter;
mod lex;
mod options;
mod order;
mod parse;
mod select;
mod skiptoken;

pub use ast::{At, Expression, Literal, LiteralValue, Operator, Path, Quantifier};
pub use bind::{bind_filter, read_filter};
pub use error::{BindError, FilterError, ParseError, ParseProblem};
pub use evaluate::fold_case;
pub use filter::{Comparison, Filter, ItemTest, TextFunction, Value};
pub use options::{MAX_QUERY_LENGTH, OptionError, OptionRules, QueryOptions, parse_options};
pub use order::{MAX_ORDER_PARTS, OrderBy, ValueKind, apply_order};
pub use parse::{MAX_FILTER_DEPTH, MAX_FILTER_LENGTH, MAX_FILTER_NODES, parse_filter};
pub use select::{Selection, apply_select};
pub use skiptoken::{DamagedSkipToken, MAX_SKIP_TOKEN_LENGTH, SkipToken};
