//! Named locations: a polymorphic set, so every item and every range carries `@odata.type`.

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::declare::{GraphType, GraphValue};
use crate::schema::{Edm, StructuredType};
use crate::{CountryNamedLocation, IpNamedLocation, schema};

/// A named location of either kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnyNamedLocation {
    /// Address ranges.
    #[serde(rename = "#microsoft.graph.ipNamedLocation")]
    Ip(IpNamedLocation),
    /// Countries.
    #[serde(rename = "#microsoft.graph.countryNamedLocation")]
    Country(CountryNamedLocation),
}

impl AnyNamedLocation {
    /// Its identifier.
    pub fn id(&self) -> &str {
        match self {
            Self::Ip(location) => &location.id,
            Self::Country(location) => &location.id,
        }
    }

    /// Whether it is an address location marked as trusted.
    pub fn is_trusted(&self) -> bool {
        matches!(self, Self::Ip(location) if location.is_trusted)
    }

    /// Sets identifier and date-times.
    pub fn stamp(&mut self, id: String, created: Timestamp, modified: Timestamp) {
        let (own_id, own_created, own_modified) = match self {
            Self::Ip(l) => (&mut l.id, &mut l.created_date_time, &mut l.modified_date_time),
            Self::Country(l) => (&mut l.id, &mut l.created_date_time, &mut l.modified_date_time),
        };
        (*own_id, *own_created, *own_modified) = (id, Some(created), Some(modified));
    }
}

/// One range of an [`IpNamedLocation`], kept as it was sent (host bits included).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum IpRange {
    /// IPv4 in CIDR notation.
    #[serde(rename = "#microsoft.graph.iPv4CidrRange")]
    V4Cidr {
        /// For example `192.0.2.17/24`.
        #[serde(rename = "cidrAddress")]
        cidr_address: String,
    },
    /// IPv6 in CIDR notation.
    #[serde(rename = "#microsoft.graph.iPv6CidrRange")]
    V6Cidr {
        /// For example `2001:db8::/48`.
        #[serde(rename = "cidrAddress")]
        cidr_address: String,
    },
    /// IPv4 from one address to another, both included.
    #[serde(rename = "#microsoft.graph.iPv4Range")]
    V4 {
        /// First address.
        #[serde(rename = "lowerAddress")]
        lower_address: String,
        /// Last address.
        #[serde(rename = "upperAddress")]
        upper_address: String,
    },
    /// IPv6 from one address to another, both included.
    #[serde(rename = "#microsoft.graph.iPv6Range")]
    V6 {
        /// First address.
        #[serde(rename = "lowerAddress")]
        lower_address: String,
        /// Last address.
        #[serde(rename = "upperAddress")]
        upper_address: String,
    },
}

macro_rules! range_type {
    ($static:ident, $name:literal, [$($property:literal $nullable:literal),*]) => {
        static $static: StructuredType = StructuredType {
            name: $name,
            base: Some(&IP_RANGE),
            kind: schema::TypeKind::Complex,
            is_abstract: false,
            is_open: false,
            properties: &[$(schema::Property {
                name: $property, edm: Edm::String, is_collection: false, is_nullable: $nullable,
                filterable: false, sortable: false, select_only: false, is_dynamic: false,
            }),*],
            navigation: &[],
        };
    };
}

static IP_RANGE: StructuredType = StructuredType {
    name: "ipRange",
    base: None,
    kind: schema::TypeKind::Complex,
    is_abstract: true,
    is_open: false,
    properties: &[],
    navigation: &[],
};
range_type!(V4_CIDR, "iPv4CidrRange", ["cidrAddress" false]);
range_type!(V6_CIDR, "iPv6CidrRange", ["cidrAddress" false]);
range_type!(V4_RANGE, "iPv4Range", ["lowerAddress" false, "upperAddress" false]);
range_type!(V6_RANGE, "iPv6Range", ["lowerAddress" false, "upperAddress" false]);

/// The concrete range types, for `$metadata`.
pub(crate) static RANGE_TYPES: [&StructuredType; 5] = [&IP_RANGE, &V4_CIDR, &V6_CIDR, &V4_RANGE, &V6_RANGE];

impl GraphType for IpRange {
    const TYPE: &'static StructuredType = &IP_RANGE;
}
impl GraphValue for IpRange {
    const EDM: Edm = Edm::Complex(&IP_RANGE);
}
