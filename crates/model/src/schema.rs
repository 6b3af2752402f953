//! The description of Graph types that their declarations yield: what `$metadata` prints, what OData queries are
//! checked against, and what tells which properties a client may filter, order and select.

/// An entity or complex type of the `microsoft.graph` namespace (OData CSDL 4.0 §8 and §9).
#[derive(Debug)]
pub struct StructuredType {
    /// Name without namespace, for example `riskDetection`.
    pub name: &'static str,
    /// The type it derives from.
    pub base: Option<&'static StructuredType>,
    /// Entity (with or without own key) or complex.
    pub kind: TypeKind,
    /// Whether only derived types have instances; then every instance carries `@odata.type`.
    pub is_abstract: bool,
    /// Whether instances may carry undeclared properties.
    pub is_open: bool,
    /// Own properties in the order they are written, those of `base` not among them.
    pub properties: &'static [Property],
    /// Own navigation properties that this server answers.
    pub navigation: &'static [Navigation],
}

/// Whether a [`StructuredType`] has an identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TypeKind {
    /// An entity that declares the key property of this name.
    EntityWithKey(&'static str),
    /// An entity whose base declares the key, or an abstract one without.
    Entity,
    /// A complex type, a value without identity.
    Complex,
}

/// A structural property.
#[derive(Debug)]
pub struct Property {
    /// Wire name.
    pub name: &'static str,
    /// Type of the value, or of each item of a collection.
    pub edm: Edm,
    /// Whether the value is a collection; never `null` on the wire.
    pub is_collection: bool,
    /// `Nullable` of the official schema.
    pub is_nullable: bool,
    /// Whether `$filter` may use it (a complex property: its parts that may).
    pub filterable: bool,
    /// Whether `$orderby` may use it.
    pub sortable: bool,
    /// Whether it is left out unless `$select` names it.
    pub select_only: bool,
    /// Whether the official schema does not declare it although the service has it, which an open type allows.
    pub is_dynamic: bool,
}

/// A navigation property.
#[derive(Debug)]
pub struct Navigation {
    /// Wire name.
    pub name: &'static str,
    /// The type it leads to.
    pub target: &'static StructuredType,
    /// Whether it leads to many.
    pub is_collection: bool,
    /// Whether the targets live inside the source (`ContainsTarget`).
    pub contains_target: bool,
}

/// Type of a property's value.
#[derive(Debug, Clone, Copy)]
pub enum Edm {
    /// `Edm.String`
    String,
    /// `Edm.Boolean`
    Boolean,
    /// `Edm.Int32`
    Int32,
    /// `Edm.Double`
    Double,
    /// `Edm.DateTimeOffset`
    DateTimeOffset,
    /// `Edm.Guid`
    Guid,
    /// `Edm.Binary`, base64
    Binary,
    /// `Edm.Duration`, for example `P90D`
    Duration,
    /// An enumeration, a string on the wire.
    Enum(&'static EnumType),
    /// A complex type.
    Complex(&'static StructuredType),
}

/// An enumeration type (OData CSDL 4.0 §10).
#[derive(Debug)]
pub struct EnumType {
    /// Name without namespace, for example `riskLevel`.
    pub name: &'static str,
    /// Wire names with their numbers, in declared order.
    pub members: &'static [(&'static str, i64)],
    /// Whether values are sets, written as one comma-separated string.
    pub is_flags: bool,
}

impl StructuredType {
    /// This type and the ones it derives from, nearest first.
    pub fn chain(&'static self) -> impl Iterator<Item = &'static StructuredType> {
        std::iter::successors(Some(self), |t| t.base)
    }

    /// All properties, inherited ones first, in the order they are written.
    pub fn all_properties(&'static self) -> Vec<&'static Property> {
        let mut types: Vec<_> = self.chain().collect();
        types.reverse();
        types.into_iter().flat_map(|t| t.properties).collect()
    }

    /// The property of this name, own or inherited.
    pub fn property(&'static self, name: &str) -> Option<&'static Property> {
        self.chain().flat_map(|t| t.properties).find(|p| p.name == name)
    }
}

impl EnumType {
    /// The number of `unknownFutureValue`: members above it are masked unless the client asks for them with
    /// `Prefer: include-unknown-enum-members`.
    pub fn future(&self) -> Option<i64> {
        self.members
            .iter()
            .find(|(name, _)| name.eq_ignore_ascii_case("unknownFutureValue"))
            .map(|(_, number)| *number)
    }

    /// The declared member of this exact name.
    pub fn member(&self, name: &str) -> Option<(&'static str, i64)> {
        self.members.iter().find(|(member, _)| *member == name).copied()
    }
}
