//! Location files in MaxMind's format (MaxMind DB 2.0), read into memory.

use std::net::IpAddr;

use maxminddb::{MaxMindDbError, Reader};
use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, SignInLocation};

mod record;

use record::{AnonymousRecord, OwnerRecord, PlaceRecord};

/// Largest `.mmdb` file that is read, in bytes (256 MiB; the largest commercial city database has about 150).
pub const MAX_DATABASE_BYTES: usize = 256 << 20;

/// Files up to this size are checked record by record when they are loaded; larger ones by samples, because a start
/// must not wait for seconds.
const FULL_CHECK_BYTES: usize = 16 << 20;

/// Number of networks of a large file that are read as a sample.
const SAMPLE: usize = 4_096;

/// What a database tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DatabaseKind {
    /// Country, and with a City or Enterprise database state, city and coordinates.
    Location,
    /// Number and name of the autonomous system (ASN and ISP databases).
    NetworkOwner,
    /// Whether it is a VPN, proxy, hosting or Tor address (Anonymous-IP database).
    AnonymousIp,
}

/// Why a database is refused.
#[derive(Debug, thiserror::Error)]
pub enum DatabaseError {
    /// More than [`MAX_DATABASE_BYTES`].
    #[error("the database has {0} bytes, {MAX_DATABASE_BYTES} are allowed")]
    TooLarge(usize),
    /// Not a database, or a damaged one.
    #[error("not a sound .mmdb file: {0}")]
    Damaged(#[from] MaxMindDbError),
    /// A type that is not read here.
    #[error("the database is of type '{0}'; City, Country, Enterprise, ASN, ISP and Anonymous-IP are read")]
    UnknownType(String),
    /// Its records cannot be read as what its type promises.
    #[error("the database of type '{0}' has no readable record")]
    Unreadable(String),
}

/// A database in memory.
#[derive(Debug)]
pub struct Database {
    reader: Reader<Vec<u8>>,
    kind: DatabaseKind,
}

impl Database {
    /// Takes the content of a file and checks it.
    ///
    /// # Errors
    /// [`DatabaseError`] if it is too large, damaged or of a type that is not read.
    pub fn new(bytes: Vec<u8>) -> Result<Self, DatabaseError> {
        if bytes.len() > MAX_DATABASE_BYTES {
            return Err(DatabaseError::TooLarge(bytes.len()));
        }
        let check_fully = bytes.len() <= FULL_CHECK_BYTES;
        Self::open(bytes, check_fully)
    }

    fn open(bytes: Vec<u8>, check_fully: bool) -> Result<Self, DatabaseError> {
        let reader = Reader::from_source(bytes)?;
        let database_type: String = reader.metadata().database_type.chars().take(80).collect();
        let kind =
            kind_of(&database_type).ok_or_else(|| DatabaseError::UnknownType(database_type.clone()))?;
        if check_fully {
            reader.verify()?;
        }
        let database = Self { reader, kind };
        if !database.sample()? {
            return Err(DatabaseError::Unreadable(database_type));
        }
        Ok(database)
    }

    /// What it tells.
    pub fn kind(&self) -> DatabaseKind {
        self.kind
    }

    /// When it was built.
    pub fn built_at(&self) -> Timestamp {
        Timestamp::from_seconds(i64::try_from(self.reader.metadata().build_epoch).unwrap_or(i64::MAX))
    }

    /// The place of an address; `None` also where the file is damaged.
    pub fn location(&self, address: IpAddr) -> Option<SignInLocation> {
        self.located(address).map(|(location, _)| location)
    }

    /// The same with how far off it may be, in kilometres, if the file says so.
    pub(crate) fn located(&self, address: IpAddr) -> Option<(SignInLocation, Option<u32>)> {
        let record: PlaceRecord<'_> = self.record(address)?;
        let accuracy_radius = record.accuracy_radius();
        let location = record.into_location();
        (location != SignInLocation::default()).then_some((location, accuracy_radius))
    }

    /// Number and name of the autonomous system of an address; `None` also where the file is damaged.
    pub fn owner(&self, address: IpAddr) -> Option<(u32, Option<String>)> {
        let record: OwnerRecord<'_> = self.record(address)?;
        let name = record.autonomous_system_organization.map(|name| name.chars().take(256).collect());
        Some((record.autonomous_system_number?, name))
    }

    /// What kind of anonymiser an address is and the network the file says it of; `None` also where the file is damaged.
    pub fn anonymizer(&self, address: IpAddr) -> Option<(AnonymizerKind, String)> {
        let record: AnonymousRecord = self.record(address)?;
        let network = self.reader.lookup(address).ok()?.network().ok()?;
        Some((record.kind()?, network.to_string()))
    }

    fn record<'a, T: serde::Deserialize<'a>>(&'a self, address: IpAddr) -> Option<T> {
        self.reader.lookup(address).ok()?.decode().ok().flatten()
    }

    /// Reads the first networks; whether at least one record was readable and none damaged.
    fn sample(&self) -> Result<bool, DatabaseError> {
        let mut is_readable = false;
        for network in self.reader.networks(maxminddb::WithinOptions::default())?.take(SAMPLE) {
            let found = network?;
            is_readable |= match self.kind {
                DatabaseKind::Location => found.decode::<PlaceRecord<'_>>()?.is_some(),
                DatabaseKind::NetworkOwner => found.decode::<OwnerRecord<'_>>()?.is_some(),
                DatabaseKind::AnonymousIp => found.decode::<AnonymousRecord>()?.is_some(),
            };
        }
        Ok(is_readable)
    }
}

/// The kind by the type's name; other makers name theirs after MaxMind's (`DBIP-City-Lite`).
fn kind_of(database_type: &str) -> Option<DatabaseKind> {
    let has = |part: &str| database_type.contains(part);
    if has("Anonymous-IP") {
        Some(DatabaseKind::AnonymousIp)
    } else if has("City") || has("Country") || has("Enterprise") {
        Some(DatabaseKind::Location)
    } else if has("ASN") || has("ISP") {
        Some(DatabaseKind::NetworkOwner)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FILES: [&[u8]; 6] = [
        include_bytes!("../tests/data/GeoLite2-City-Test.mmdb"),
        include_bytes!("../tests/data/GeoLite2-ASN-Test.mmdb"),
        include_bytes!("../tests/data/GeoIP2-Anonymous-IP-Test.mmdb"),
        include_bytes!("../tests/data/GeoIP2-City-Test-Broken-Double-Format.mmdb"),
        include_bytes!("../tests/data/MaxMind-DB-test-broken-pointers-24.mmdb"),
        include_bytes!("../tests/data/MaxMind-DB-test-broken-search-tree-24.mmdb"),
    ];

    fn ask_everything(database: &Database, address: IpAddr) {
        let _ = (database.location(address), database.owner(address), database.anonymizer(address));
    }

    #[test]
    fn a_large_file_is_checked_by_samples_and_answers_the_same() {
        let address = "89.160.20.128".parse().unwrap();
        let full = Database::open(FILES[0].to_vec(), true).unwrap();
        let sampled = Database::open(FILES[0].to_vec(), false).unwrap();
        assert!(full.location(address).is_some());
        assert_eq!(full.location(address), sampled.location(address));
    }

    #[test]
    fn samples_find_damage_that_every_record_shows() {
        assert!(Database::open(FILES[3].to_vec(), false).is_err());
    }

    proptest! {
        /// The worst case: a damaged file that nothing has checked.
        #[test]
        fn no_damage_brings_a_lookup_down(
            file in 0..FILES.len(),
            changes in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..30),
            addresses in proptest::collection::vec(any::<u128>(), 1..20),
        ) {
            let mut bytes = FILES[file].to_vec();
            for (place, value) in changes {
                let place = place.index(bytes.len());
                bytes[place] = value;
            }
            if let Ok(reader) = Reader::from_source(bytes) {
                let database = Database { reader, kind: DatabaseKind::Location };
                let _ = database.sample();
                for bits in addresses {
                    ask_everything(&database, IpAddr::V6(bits.into()));
                    ask_everything(&database, IpAddr::V4((bits as u32).into()));
                    ask_everything(&database, IpAddr::V4((0x0100_0000 | bits as u32 & 0x7fff_ffff).into()));
                }
            }
        }
    }
}
