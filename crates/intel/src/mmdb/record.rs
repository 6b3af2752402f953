use riskgate_model::{AnonymizerKind, GeoCoordinates, SignInLocation};
use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, SeqAccess, Visitor};

/// The part of a City or Country record that is used.
#[derive(Debug, Default, Deserialize)]
pub(super) struct PlaceRecord<'a> {
    #[serde(borrow, default)]
    city: Named<'a>,
    #[serde(borrow, default)]
    country: Country<'a>,
    #[serde(default)]
    location: Point,
    #[serde(borrow, default)]
    subdivisions: First<'a>,
}

/// The part of an ASN or ISP record that is used.
#[derive(Debug, Deserialize)]
pub(super) struct OwnerRecord<'a> {
    pub(super) autonomous_system_number: Option<u32>,
    #[serde(borrow)]
    pub(super) autonomous_system_organization: Option<&'a str>,
}

/// The part of an Anonymous-IP record that is used.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct AnonymousRecord {
    is_anonymous: bool,
    is_anonymous_vpn: bool,
    is_hosting_provider: bool,
    is_public_proxy: bool,
    is_residential_proxy: bool,
    is_tor_exit_node: bool,
}

#[derive(Debug, Default, Deserialize)]
struct Named<'a> {
    #[serde(borrow, default)]
    names: English<'a>,
}

#[derive(Debug, Default, Deserialize)]
struct English<'a> {
    #[serde(borrow)]
    en: Option<&'a str>,
}

#[derive(Debug, Default, Deserialize)]
struct Country<'a> {
    #[serde(borrow)]
    iso_code: Option<&'a str>,
}

#[derive(Debug, Default, Deserialize)]
struct Point {
    latitude: Option<f64>,
    longitude: Option<f64>,
    #[serde(default)]
    accuracy_radius: Kilometres,
}

/// An unsigned number of whatever width the maker of the file chose.
#[derive(Debug, Default)]
struct Kilometres(Option<u32>);

impl<'de> Deserialize<'de> for Kilometres {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Unsigned;
        impl Visitor<'_> for Unsigned {
            type Value = Kilometres;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an unsigned number")
            }

            fn visit_u64<E>(self, number: u64) -> Result<Kilometres, E> {
                Ok(Kilometres(u32::try_from(number).ok()))
            }
        }
        deserializer.deserialize_any(Unsigned)
    }
}

/// The first and largest of a list of subdivisions.
#[derive(Debug, Default)]
struct First<'a>(Option<&'a str>);

impl<'de: 'a, 'a> Deserialize<'de> for First<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct FirstOf;
        impl<'de> Visitor<'de> for FirstOf {
            type Value = First<'de>;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of subdivisions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<First<'de>, A::Error> {
                let first: Option<Named<'de>> = list.next_element()?;
                while list.next_element::<IgnoredAny>()?.is_some() {}
                Ok(First(first.and_then(|named| named.names.en)))
            }
        }
        deserializer.deserialize_seq(FirstOf)
    }
}

impl PlaceRecord<'_> {
    /// How far off the place may be, in kilometres.
    pub(super) fn accuracy_radius(&self) -> Option<u32> {
        self.location.accuracy_radius.0
    }

    pub(super) fn into_location(self) -> SignInLocation {
        let text = |text: Option<&str>| text.map(|text| text.chars().take(256).collect());
        SignInLocation {
            city: text(self.city.names.en),
            state: text(self.subdivisions.0),
            country_or_region: text(self.country.iso_code),
            geo_coordinates: self.location.into_coordinates(),
        }
    }
}

impl Point {
    /// Coordinates on the globe; a record without or beyond them has none.
    fn into_coordinates(self) -> Option<GeoCoordinates> {
        let latitude = self.latitude.filter(|degrees| degrees.abs() <= 90.0)?;
        let longitude = self.longitude.filter(|degrees| degrees.abs() <= 180.0)?;
        Some(GeoCoordinates { latitude: Some(latitude), longitude: Some(longitude), altitude: None })
    }
}

impl AnonymousRecord {
    /// The strongest kind the record names. Public and residential proxies hide a person as a VPN does.
    pub(super) fn kind(&self) -> Option<AnonymizerKind> {
        if self.is_tor_exit_node {
            Some(AnonymizerKind::Tor)
        } else if self.is_anonymous_vpn || self.is_public_proxy || self.is_residential_proxy {
            Some(AnonymizerKind::Vpn)
        } else if self.is_hosting_provider {
            Some(AnonymizerKind::Hosting)
        } else if self.is_anonymous {
            Some(AnonymizerKind::Vpn)
        } else {
            None
        }
    }
}
