//! The macros a Graph resource is declared with, once; the declaration yields the Rust type with its JSON form and
//! the [`crate::schema`] description that OData queries and `$metadata` are derived from.

use riskgate_core::Timestamp;

use crate::schema::{Edm, EnumType, StructuredType};

/// A Rust type that is the value of a Graph property.
pub trait GraphValue {
    /// Type of the value, or of each item of a collection.
    const EDM: Edm;
    /// Whether it is a collection.
    const IS_COLLECTION: bool = false;
}

/// An enumeration declared with [`graph_enum!`].
pub trait GraphEnum: Copy + Sized + 'static {
    /// Its description.
    const TYPE: &'static EnumType;
    /// The name on the wire.
    fn name(self) -> &'static str;
    /// The member of this exact wire name.
    fn from_name(name: &str) -> Option<Self>;
}

/// A structured type declared with [`graph_type!`].
pub trait GraphType {
    /// Its description.
    const TYPE: &'static StructuredType;
}

impl GraphValue for String {
    const EDM: Edm = Edm::String;
}
impl GraphValue for bool {
    const EDM: Edm = Edm::Boolean;
}
impl GraphValue for i32 {
    const EDM: Edm = Edm::Int32;
}
impl GraphValue for f64 {
    const EDM: Edm = Edm::Double;
}
impl GraphValue for Timestamp {
    const EDM: Edm = Edm::DateTimeOffset;
}
impl<T: GraphValue> GraphValue for Option<T> {
    const EDM: Edm = T::EDM;
    const IS_COLLECTION: bool = T::IS_COLLECTION;
}
impl<T: GraphValue> GraphValue for Vec<T> {
    const EDM: Edm = T::EDM;
    const IS_COLLECTION: bool = true;
}

/// Whether `flag` is among `flags`; usable in constants.
#[doc(hidden)]
pub(crate) const fn has_flag(flags: &[&str], flag: &str) -> bool {
    let mut i = 0;
    while i < flags.len() {
        let (a, b) = (flags[i].as_bytes(), flag.as_bytes());
        if a.len() == b.len() {
            let mut j = 0;
            while j < a.len() && a[j] == b[j] {
                j += 1;
            }
            if j == a.len() {
                return true;
            }
        }
        i += 1;
    }
    false
}

/// Declares an enumeration: `graph_enum! { /// What it is. RiskLevel = "riskLevel" { Low = "low" 0, ... } }`.
/// With `flags` before the name it is a set of members, one comma-separated string on the wire.
macro_rules! graph_enum {
    ($(#[$meta:meta])* flags $name:ident = $wire:literal { $($text:literal $number:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Vec<&'static str>);
        impl $name {
            /// The description of the enumeration.
            pub const TYPE: &'static $crate::schema::EnumType =
                &$crate::schema::EnumType { name: $wire, members: &[$(($text, $number)),+], is_flags: true };
            /// The set of this one member.
            #[allow(dead_code, reason = "not every enumeration has values of our own")]
            pub(crate) fn of(member: &'static str) -> Self {
                Self(vec![member])
            }
            /// The members of the set, as sent.
            pub fn members(&self) -> &[&'static str] {
                &self.0
            }
        }
        impl TryFrom<String> for $name {
            type Error = String;
            fn try_from(text: String) -> Result<Self, String> {
                text.split(',')
                    .map(|name| Self::TYPE.member(name.trim()).map(|(member, _)| member))
                    .collect::<Option<Vec<_>>>()
                    .map(Self)
                    .ok_or_else(|| format!("'{text}' is not a set of members of {}", $wire))
            }
        }
        impl From<$name> for String {
            fn from(set: $name) -> String {
                set.0.join(",")
            }
        }
        impl $crate::declare::GraphValue for $name {
            const EDM: $crate::schema::Edm = $crate::schema::Edm::Enum($name::TYPE);
        }
    };
    ($(#[$meta:meta])* $name:ident = $wire:literal { $($member:ident = $text:literal $number:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name {
            $(#[doc = concat!("`", $text, "`")] #[serde(rename = $text)] $member),+
        }
        impl $crate::declare::GraphEnum for $name {
            const TYPE: &'static $crate::schema::EnumType =
                &$crate::schema::EnumType { name: $wire, members: &[$(($text, $number)),+], is_flags: false };
            fn name(self) -> &'static str {
                match self { $(Self::$member => $text),+ }
            }
            fn from_name(name: &str) -> Option<Self> {
                match name { $($text => Some(Self::$member),)+ _ => None }
            }
        }
        impl $crate::declare::GraphValue for $name {
            const EDM: $crate::schema::Edm =
                $crate::schema::Edm::Enum(<$name as $crate::declare::GraphEnum>::TYPE);
        }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str($crate::declare::GraphEnum::name(*self))
            }
        }
    };
}

/// Declares a structured type. `entity` and `complex` name the kind, `: BASE` the base type, `inherit` the fields that
/// come from it, `own` the properties of the type itself with flags: `nullable`, `filter`, `order`, `select_only`,
/// `dynamic` (of an open type, not in the official schema), `guid`, `binary` or `duration` first when the text is one of those. `inline` are navigation properties that are kept with the object
/// and written with it: the schema has them under `navigation`.
macro_rules! graph_type {
    (
        $(#[$meta:meta])*
        $kind:ident $name:ident = $wire:literal $(: $base:ty)?
        {
            $(inherit { $($(#[$imeta:meta])* $ifield:ident : $itype:ty = $iwire:literal),+ $(,)? })?
            own { $($(#[$fmeta:meta])* $field:ident : $type:ty = $fwire:literal [$($flag:ident)*]),* $(,)? }
            $(inline { $($(#[$nmeta:meta])* $nfield:ident : $ntype:ty = $nwire:literal),+ $(,)? })?
            $(navigation { $($nav:literal => $target:ty [$($nflag:ident)*]),+ $(,)? })?
        }
    ) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $($(#[doc = concat!("Graph `", $iwire, "`.")] $(#[$imeta])* #[serde(rename = $iwire)] pub $ifield: $itype,)+)?
            $(#[doc = concat!("Graph `", $fwire, "`.")] $(#[$fmeta])* #[serde(rename = $fwire)] pub $field: $type,)*
            $($(#[doc = concat!("Graph `", $nwire, "`.")] $(#[$nmeta])* #[serde(rename = $nwire)] pub $nfield: $ntype,)+)?
        }
        impl $crate::declare::GraphType for $name {
            const TYPE: &'static $crate::schema::StructuredType = {
                static TYPE: $crate::schema::StructuredType = $crate::schema::StructuredType {
                    name: $wire,
                    base: $crate::declare::graph_type!(@base $($base)?),
                    kind: $crate::declare::graph_type!(@kind $kind),
                    is_abstract: $crate::declare::graph_type!(@abstract $kind),
                    is_open: $crate::declare::graph_type!(@open $kind),
                    properties: &[$($crate::schema::Property {
                        name: $fwire,
                        edm: $crate::declare::graph_type!(@edm $type, [$($flag)*]),
                        is_collection: <$type as $crate::declare::GraphValue>::IS_COLLECTION,
                        is_nullable: $crate::declare::has_flag(&[$(stringify!($flag)),*], "nullable"),
                        filterable: $crate::declare::has_flag(&[$(stringify!($flag)),*], "filter"),
                        sortable: $crate::declare::has_flag(&[$(stringify!($flag)),*], "order"),
                        select_only: $crate::declare::has_flag(&[$(stringify!($flag)),*], "select_only"),
                        is_dynamic: $crate::declare::has_flag(&[$(stringify!($flag)),*], "dynamic"),
                    }),*],
                    navigation: &[$($($crate::schema::Navigation {
                        name: $nav,
                        target: <$target as $crate::declare::GraphType>::TYPE,
                        is_collection: $crate::declare::has_flag(&[$(stringify!($nflag)),*], "many"),
                        contains_target: $crate::declare::has_flag(&[$(stringify!($nflag)),*], "contained"),
                    }),+)?],
                };
                &TYPE
            };
        }
        impl $crate::declare::GraphValue for $name {
            const EDM: $crate::schema::Edm =
                $crate::schema::Edm::Complex(<$name as $crate::declare::GraphType>::TYPE);
        }
    };
    (@base) => { None };
    (@base $base:ty) => { Some(<$base as $crate::declare::GraphType>::TYPE) };
    (@kind abstract_complex) => { $crate::schema::TypeKind::Complex };
    (@kind complex) => { $crate::schema::TypeKind::Complex };
    (@kind entity) => { $crate::schema::TypeKind::Entity };
    (@kind open_entity) => { $crate::schema::TypeKind::Entity };
    (@kind keyed_entity) => { $crate::schema::TypeKind::EntityWithKey("id") };
    (@kind abstract_entity) => { $crate::schema::TypeKind::Entity };
    (@abstract abstract_entity) => { true };
    (@abstract abstract_complex) => { true };
    (@abstract $kind:ident) => { false };
    (@open open_entity) => { true };
    (@open $kind:ident) => { false };
    (@edm $type:ty, [guid $($rest:ident)*]) => { $crate::schema::Edm::Guid };
    (@edm $type:ty, [binary $($rest:ident)*]) => { $crate::schema::Edm::Binary };
    (@edm $type:ty, [duration $($rest:ident)*]) => { $crate::schema::Edm::Duration };
    (@edm $type:ty, [$($rest:ident)*]) => { <$type as $crate::declare::GraphValue>::EDM };
}

pub(crate) use {graph_enum, graph_type};
