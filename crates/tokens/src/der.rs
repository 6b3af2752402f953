//! A reader for the few structures of X.509 (RFC 5280 §4.1) and RSA keys (RFC 8017 §A.1.1) that are needed, in DER
//! (X.690). It reads bounds only where they lie, allocates nothing, and gives `None` for whatever it does not expect.

use riskgate_core::Timestamp;

const INTEGER: u8 = 0x02;
const BIT_STRING: u8 = 0x03;
const OBJECT_IDENTIFIER: u8 = 0x06;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;
const SEQUENCE: u8 = 0x30;
const VERSION: u8 = 0xa0;
/// 1.2.840.113549.1.1.1, `rsaEncryption`.
const RSA_ENCRYPTION: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];

/// What is needed of a certificate.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Certificate<'a> {
    pub(crate) not_before: Timestamp,
    pub(crate) not_after: Timestamp,
    /// `SubjectPublicKeyInfo`, whole.
    pub(crate) public_key: &'a [u8],
}

/// An RSA public key, numbers in big-endian bytes without leading zeros.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct RsaPublicKey<'a> {
    pub(crate) modulus: &'a [u8],
    pub(crate) exponent: &'a [u8],
}

impl<'a> Certificate<'a> {
    /// Reads a `Certificate`. Its signature is not checked: whoever registers a certificate vouches for it.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut outer = Reader(der);
        let mut certificate = Reader(outer.take(SEQUENCE)?);
        let mut fields = Reader(certificate.take(SEQUENCE)?);
        if fields.peek() == Some(VERSION) {
            fields.take(VERSION)?;
        }
        fields.take(INTEGER)?; // serial number
        fields.take(SEQUENCE)?; // signature algorithm
        fields.take(SEQUENCE)?; // issuer
        let mut validity = Reader(fields.take(SEQUENCE)?);
        let (not_before, not_after) = (validity.time()?, validity.time()?);
        fields.take(SEQUENCE)?; // subject
        let public_key = fields.take_whole(SEQUENCE)?;
        outer.0.is_empty().then_some(Self { not_before, not_after, public_key })
    }
}

impl<'a> RsaPublicKey<'a> {
    /// Reads the RSA key in a `SubjectPublicKeyInfo`; `None` for keys of other kinds.
    pub(crate) fn read_public_key_info(der: &'a [u8]) -> Option<Self> {
        let mut info = Reader(Reader(der).take(SEQUENCE)?);
        let mut algorithm = Reader(info.take(SEQUENCE)?);
        if algorithm.take(OBJECT_IDENTIFIER)? != RSA_ENCRYPTION {
            return None;
        }
        // The first byte counts unused bits, none in a whole number of bytes.
        let (0, key) = info.take(BIT_STRING)?.split_first()? else { return None };
        Self::read(key)
    }

    /// Reads an `RSAPublicKey`.
    pub(crate) fn read(der: &'a [u8]) -> Option<Self> {
        let mut key = Reader(Reader(der).take(SEQUENCE)?);
        Some(Self { modulus: key.positive()?, exponent: key.positive()? })
    }

    /// Length of the modulus in bits.
    pub(crate) fn bits(&self) -> usize {
        let zeros = self.modulus.first().map_or(0, |byte| byte.leading_zeros() as usize);
        self.modulus.len() * 8 - zeros
    }
}

struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<u8> {
        self.0.first().copied()
    }

    /// The content of the next element, if it has this tag.
    fn take(&mut self, tag: u8) -> Option<&'a [u8]> {
        let whole = self.0;
        let (found, rest) = whole.split_first()?;
        if *found != tag {
            return None;
        }
        let (&first, mut rest) = rest.split_first()?;
        let length = match first {
            0..=0x7f => usize::from(first),
            // Longer forms say in how many bytes the length follows; more than three never happen in what is read here.
            0x81..=0x83 => {
                let (bytes, after) = rest.split_at_checked(usize::from(first & 0x7f))?;
                rest = after;
                bytes.iter().fold(0, |length, byte| (length << 8) | usize::from(*byte))
            }
            _ => return None,
        };
        let (content, after) = rest.split_at_checked(length)?;
        self.0 = after;
        Some(content)
    }

    /// The next element with tag and length.
    fn take_whole(&mut self, tag: u8) -> Option<&'a [u8]> {
        let before = self.0;
        self.take(tag)?;
        before.get(..before.len() - self.0.len())
    }

    fn positive(&mut self) -> Option<&'a [u8]> {
        let digits = self.take(INTEGER)?;
        match digits {
            [] => None,
            [0, rest @ ..] if !rest.is_empty() => Some(rest),
            [first, ..] if *first < 0x80 => Some(digits),
            _ => None,
        }
    }

    /// `Time` (RFC 5280 §4.1.2.5): two digits of the year until 2049, four from 2050.
    fn time(&mut self) -> Option<Timestamp> {
        let (century, digits) = match self.peek()? {
            UTC_TIME => {
                let text = std::str::from_utf8(self.take(UTC_TIME)?).ok()?;
                (if text < "50" { "20" } else { "19" }, text)
            }
            GENERALIZED_TIME => ("", std::str::from_utf8(self.take(GENERALIZED_TIME)?).ok()?),
            _ => return None,
        };
        let text = format!("{century}{digits}");
        if text.len() != 15 || !text.ends_with('Z') || !text[..14].bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let at = |from: usize, to: usize| &text[from..to];
        format!("{}-{}-{}T{}:{}:{}Z", at(0, 4), at(4, 6), at(6, 8), at(8, 10), at(10, 12), at(12, 14))
            .parse()
            .ok()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn certificate(algorithm: &'static rcgen::SignatureAlgorithm, until: i32) -> Vec<u8> {
        let key = rcgen::KeyPair::generate_for(algorithm).unwrap();
        let mut params = rcgen::CertificateParams::default();
        params.not_before = rcgen::date_time_ymd(2024, 2, 29);
        params.not_after = rcgen::date_time_ymd(until, 12, 31);
        params.self_signed(&key).unwrap().der().to_vec()
    }

    #[test]
    fn reads_dates_and_key_of_a_certificate() {
        for until in [2030, 2049, 2050, 4000] {
            let der = certificate(&rcgen::PKCS_RSA_SHA256, until);
            let certificate = Certificate::read(&der).unwrap();
            assert_eq!(certificate.not_before, "2024-02-29T00:00:00Z".parse().unwrap());
            assert_eq!(certificate.not_after, format!("{until}-12-31T00:00:00Z").parse().unwrap());
            let key = RsaPublicKey::read_public_key_info(certificate.public_key).unwrap();
            assert_eq!((key.bits(), key.exponent), (2048, &[1, 0, 1][..]));
        }
    }

    #[test]
    fn a_key_of_another_kind_is_no_rsa_key() {
        let der = certificate(&rcgen::PKCS_ECDSA_P256_SHA256, 2030);
        let certificate = Certificate::read(&der).unwrap();
        assert_eq!(RsaPublicKey::read_public_key_info(certificate.public_key), None);
    }

    #[test]
    fn every_cut_is_refused() {
        let der = certificate(&rcgen::PKCS_ECDSA_P256_SHA256, 2030);
        for length in 0..der.len() {
            assert_eq!(Certificate::read(&der[..length]), None, "{length}");
        }
    }

    proptest! {
        #[test]
        fn garbage_never_panics(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Certificate::read(&bytes);
            let _ = RsaPublicKey::read_public_key_info(&bytes);
            let _ = RsaPublicKey::read(&bytes);
        }

        #[test]
        fn changed_certificates_never_panic(at in 0usize..400, value in any::<u8>()) {
            let mut der = certificate(&rcgen::PKCS_ECDSA_P256_SHA256, 2030);
            let at = at % der.len();
            der[at] = value;
            if let Some(certificate) = Certificate::read(&der) {
                let _ = RsaPublicKey::read_public_key_info(certificate.public_key);
            }
        }
    }
}
