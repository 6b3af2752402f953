//! Histories of many users in little memory: texts are kept once, numbers as short as they are.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use riskgate_core::Timestamp;
use riskgate_model::GeoCoordinates;
use riskgate_risk::{Feature, KnownValue, UserHistory, Visit};

/// Packs and unpacks histories. What it packed only the same one unpacks.
#[derive(Debug, Default)]
pub(crate) struct Packer {
    texts: Vec<Arc<str>>,
    numbers: HashMap<Arc<str>, u64>,
    features: Vec<Feature>,
}

impl Packer {
    pub(crate) fn pack(&mut self, history: &UserHistory) -> Box<[u8]> {
        let mut out = Out(Vec::with_capacity(256));
        out.number(history.sign_ins);
        out.float(history.weight);
        out.time(history.learning_since);
        out.time(history.last_sign_in_at);
        out.number(history.values.len() as u64);
        for (feature, values) in &history.values {
            out.number(self.feature(*feature));
            out.number(values.len() as u64);
            for value in values {
                out.number(self.text(&value.value));
                out.number(u64::from(value.days));
                pack_use(&mut out, value, history);
                out.float(value.new_within);
            }
        }
        out.number(history.new_values.len() as u64);
        for (feature, count) in &history.new_values {
            out.number(self.feature(*feature));
            out.float(*count);
        }
        out.number(history.visits.len() as u64);
        for visit in &history.visits {
            self.pack_visit(&mut out, visit);
        }
        out.0.into_boxed_slice()
    }

    fn pack_visit(&mut self, out: &mut Out, visit: &Visit) {
        out.signed(visit.at.as_micros());
        for part in [visit.point.altitude, visit.point.latitude, visit.point.longitude] {
            out.number(u64::from(part.is_some()));
            out.float(part.unwrap_or_default());
        }
        out.number(visit.accuracy_radius.map_or(0, |radius| u64::from(radius) + 1));
        out.number(self.text(&visit.address));
        for text in [&visit.country, &visit.city, &visit.network_owner, &visit.device_cookie_id] {
            let number = text.as_ref().map_or(0, |text| self.text(text) + 1);
            out.number(number);
        }
        out.number(u64::from(visit.is_egress));
    }

    pub(crate) fn unpack(&self, packed: &[u8]) -> UserHistory {
        let mut from = In(packed);
        let (sign_ins, weight) = (from.number(), from.float());
        let (learning_since, last_sign_in_at) = (from.time(), from.time());
        let always = Use { weight, first_at: learning_since, last_at: last_sign_in_at };
        let mut values = BTreeMap::new();
        for _ in 0..from.number() {
            let feature = self.features.get(index(from.number())).copied();
            let known: Vec<_> = (0..from.number()).map(|_| self.unpack_value(&mut from, always)).collect();
            values.extend(feature.map(|feature| (feature, known)));
        }
        let mut new_values = BTreeMap::new();
        for _ in 0..from.number() {
            let (feature, count) = (self.features.get(index(from.number())).copied(), from.float());
            new_values.extend(feature.map(|feature| (feature, count)));
        }
        let visits = (0..from.number()).map(|_| self.unpack_visit(&mut from)).collect();
        UserHistory { sign_ins, weight, learning_since, last_sign_in_at, values, new_values, visits }
    }

    fn unpack_value(&self, from: &mut In<'_>, always: Use) -> KnownValue {
        let value = self.text_of(from.number());
        let days = u32::try_from(from.number()).unwrap_or(u32::MAX);
        let Use { weight, first_at, last_at } = unpack_use(from, always);
        let (first_at, last_at) = (first_at.unwrap_or(time(0)), last_at.unwrap_or(time(0)));
        KnownValue { value, weight, new_within: from.float(), days, first_at, last_at }
    }

    fn unpack_visit(&self, from: &mut In<'_>) -> Visit {
        let at = time(from.signed());
        let mut part = || (from.number() == 1, from.float());
        let [altitude, latitude, longitude] =
            [part(), part(), part()].map(|(is_there, value)| is_there.then_some(value));
        let accuracy_radius = from.number().checked_sub(1).and_then(|radius| u32::try_from(radius).ok());
        let address = self.text_of(from.number());
        let mut text = || from.number().checked_sub(1).map(|number| self.text_of(number));
        let [country, city, network_owner, device_cookie_id] = [text(), text(), text(), text()];
        Visit {
            at,
            point: GeoCoordinates { altitude, latitude, longitude },
            accuracy_radius,
            country,
            city,
            address,
            network_owner,
            device_cookie_id,
            is_egress: from.number() == 1,
        }
    }

    fn feature(&mut self, feature: Feature) -> u64 {
        let known = self.features.iter().position(|known| *known == feature);
        known.unwrap_or_else(|| {
            self.features.push(feature);
            self.features.len() - 1
        }) as u64
    }

    fn text(&mut self, text: &str) -> u64 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let (text, number) = (Arc::<str>::from(text), self.texts.len() as u64);
        self.texts.push(text.clone());
        self.numbers.insert(text, number);
        number
    }

    fn text_of(&self, number: u64) -> String {
        self.texts.get(index(number)).map(|text| text.to_string()).unwrap_or_default()
    }
}

/// When and how much something was used.
#[derive(Clone, Copy)]
struct Use {
    weight: f64,
    first_at: Option<Timestamp>,
    last_at: Option<Timestamp>,
}

/// What stands before a [`Use`] that is the same as that of the user: a value of every sign-in, as most providers, countries
/// and systems are.
const ALWAYS: u8 = 2;

fn pack_use(out: &mut Out, value: &KnownValue, history: &UserHistory) {
    let is_always = value.weight.to_bits() == history.weight.to_bits()
        && Some(value.first_at) == history.learning_since
        && Some(value.last_at) == history.last_sign_in_at;
    if is_always {
        return out.0.push(ALWAYS);
    }
    let (first, last) = (value.first_at.as_micros(), value.last_at.as_micros());
    out.float(value.weight);
    // Mostly zero: a value of the last sign-in, and one that was used once.
    out.signed(history.last_sign_in_at.map_or(0, Timestamp::as_micros).wrapping_sub(last));
    out.signed(last.wrapping_sub(first));
}

fn unpack_use(from: &mut In<'_>, always: Use) -> Use {
    let kind = from.byte();
    if kind == ALWAYS {
        return always;
    }
    let weight = from.float_of(kind);
    let last = always.last_at.map_or(0, Timestamp::as_micros).wrapping_sub(from.signed());
    let first = last.wrapping_sub(from.signed());
    Use { weight, first_at: Some(time(first)), last_at: Some(time(last)) }
}

fn index(number: u64) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

fn time(micros: i64) -> Timestamp {
    Timestamp::from_micros(micros)
}

/// What stands for the number zero.
const ZERO: u8 = 3;

struct Out(Vec<u8>);

impl Out {
    /// Seven bits a byte, the lowest first (LEB128).
    fn number(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push((value as u8 & 0x7f) | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn signed(&mut self, value: i64) {
        self.number(((value << 1) ^ (value >> 63)) as u64);
    }

    /// Most weights are exactly one, most counts of what was new exactly zero.
    fn float(&mut self, value: f64) {
        if value.to_bits() == 0 {
            return self.0.push(ZERO);
        }
        if value.to_bits() == 1.0_f64.to_bits() {
            return self.0.push(1);
        }
        self.0.push(0);
        self.0.extend(value.to_bits().to_le_bytes());
    }

    fn time(&mut self, time: Option<Timestamp>) {
        self.number(u64::from(time.is_some()));
        self.signed(time.map_or(0, Timestamp::as_micros));
    }
}

struct In<'a>(&'a [u8]);

impl In<'_> {
    fn byte(&mut self) -> u8 {
        let Some((first, rest)) = self.0.split_first() else { return 0 };
        self.0 = rest;
        *first
    }

    fn number(&mut self) -> u64 {
        let (mut value, mut shift) = (0, 0);
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 || shift > 63 {
                return value;
            }
        }
    }

    fn signed(&mut self) -> i64 {
        let value = self.number();
        ((value >> 1) as i64) ^ -((value & 1) as i64)
    }

    fn float(&mut self) -> f64 {
        let kind = self.byte();
        self.float_of(kind)
    }

    /// What follows the first byte of a number.
    fn float_of(&mut self, kind: u8) -> f64 {
        match kind {
            1 => return 1.0,
            ZERO => return 0.0,
            _ => {}
        }
        let bytes = [(); 8].map(|()| self.byte());
        f64::from_bits(u64::from_le_bytes(bytes))
    }

    fn time(&mut self) -> Option<Timestamp> {
        let is_there = self.number() == 1;
        let micros = self.signed();
        is_there.then(|| time(micros))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use riskgate_risk::detections::samples::facts_from;

    use super::*;

    proptest! {
        #[test]
        fn what_is_packed_is_unpacked_to_the_bit(
            sign_ins in prop::collection::vec((0_u8..40, 0_i64..4_000_000_000, any::<bool>()), 0..60)
        ) {
            let mut packer = Packer::default();
            let mut history = UserHistory::default();
            for (host, at, is_far) in sign_ins {
                let mut facts = facts_from(&format!("192.0.2.{host}"));
                facts.at = Timestamp::from_micros(at * 1_000_003);
                facts.client.browser = Some(format!("Firefox {host}"));
                let location = riskgate_model::SignInLocation {
                    geo_coordinates: Some(GeoCoordinates {
                        altitude: None, latitude: Some(f64::from(host) / 3.0), longitude: Some(-7.25),
                    }),
                    city: is_far.then(|| "Oslo".to_owned()),
                    ..Default::default()
                };
                facts.network.location = Some(location);
                facts.network.accuracy_radius = is_far.then_some(u32::from(host));
                history.learn(&facts);
                let packed = packer.pack(&history);
                prop_assert_eq!(&packer.unpack(&packed), &history);
            }
        }
    }
}
