//! A location file is refused, or answers every lookup without harm.
#![no_main]
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    if let Ok(database) = riskgate_intel::Database::new(bytes.to_vec()) {
        for address in ["1.1.1.1", "81.2.69.160", "2001:db8::1", "::ffff:81.2.69.160"] {
            let address = address.parse().unwrap();
            database.location(address);
            database.owner(address);
            database.anonymizer(address);
        }
    }
});
