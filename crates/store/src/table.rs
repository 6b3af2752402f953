/// A kind of stored document. Every table also has `tenant_id` and `id` (together the primary key), `version` and
/// `document`.
#[derive(Debug)]
pub struct Table {
    /// Name in SQL.
    pub name: &'static str,
    /// What queries can use.
    pub columns: &'static [Column],
    /// Indexes besides the primary key; each begins with `tenant_id` of its own accord.
    pub indexes: &'static [Index],
}

/// A value taken out of the document for queries; null where the path leads to nothing.
#[derive(Debug)]
pub struct Column {
    /// Path of wire names in the document, joined by `/`.
    pub path: &'static str,
    /// Name in SQL.
    pub name: &'static str,
    /// How it is kept.
    pub kind: ColumnKind,
}

/// How a [`Column`] is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnKind {
    /// Text in lower case, so that comparing ignores case.
    Text,
    /// A 64-bit integer.
    Integer,
    /// A boolean.
    Boolean,
    /// A moment, in microseconds since 1970.
    Time,
    /// The texts of an array, in lower case, each between unit separators (U+001F).
    List,
}

/// An index.
#[derive(Debug)]
pub struct Index {
    /// SQL names of the columns, after `tenant_id`.
    pub columns: &'static [&'static str],
    /// Whether two rows of a tenant may not agree in all of them (rows with a null may).
    pub is_unique: bool,
}

impl Table {
    /// The column of this path. `id` is not among them: it is part of every table.
    pub fn column(&self, path: &str) -> Option<&'static Column>
    where
        Self: 'static,
    {
        self.columns.iter().find(|column| column.path == path)
    }
}

/// Declares tables: columns by kind and path, then indexes.
macro_rules! tables {
    ($($(#[$meta:meta])* $const:ident = $name:literal {
        $($kind:ident $path:literal as $column:literal),* $(,)?
    } indexes {
        $($($unique:ident)? [$($indexed:literal),+]),* $(,)?
    })+) => {
        $($(#[$meta])*
        pub static $const: $crate::Table = $crate::Table {
            name: $name,
            columns: &[$($crate::Column { path: $path, name: $column, kind: $crate::ColumnKind::$kind }),*],
            indexes: &[$($crate::Index {
                columns: &[$($indexed),+],
                is_unique: $crate::table::tables!(@unique $($unique)?),
            }),*],
        };)+
    };
    (@unique) => { false };
    (@unique unique) => { true };
}

pub(crate) use tables;
