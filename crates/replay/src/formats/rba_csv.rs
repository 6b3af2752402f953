use std::io::Read;
use std::net::IpAddr;

use csv::{Reader, ReaderBuilder, StringRecord, Trim};
use riskgate_core::Timestamp;
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, NetworkFacts, SignInFacts,
    SignInLocation, UserFacts,
};
use riskgate_risk::FirstFactor;

use super::major;
use crate::{RecordedSignIn, ReplayError};

/// The columns that are used. Others, the data set's own labels of attacks among them, are not looked at.
const COLUMNS: [&str; 11] = [
    "index",
    "Login Timestamp",
    "User ID",
    "IP Address",
    "Country",
    "Region",
    "City",
    "ASN",
    "Browser Name and Version",
    "OS Name and Version",
    "Login Successful",
];

/// The user under whom the data set files names that do not exist.
const NOBODY: &str = "-4324475583306591935";

/// `User Agent String` and `Device Type` help where they are there.
const USER_AGENT: &str = "User Agent String";

/// The rows of a file.
pub(super) struct SignIns<R> {
    reader: Reader<R>,
    columns: Option<Columns>,
    row: StringRecord,
    is_over: bool,
}

/// Where the columns are.
#[derive(Clone, Copy)]
struct Columns {
    known: [usize; COLUMNS.len()],
    user_agent: Option<usize>,
}

impl<R: Read> SignIns<R> {
    pub(super) fn new(reader: R) -> Self {
        let reader = ReaderBuilder::new().trim(Trim::All).flexible(true).from_reader(reader);
        Self { reader, columns: None, row: StringRecord::new(), is_over: false }
    }

    fn columns(&mut self) -> Result<Columns, ReplayError> {
        if let Some(columns) = self.columns {
            return Ok(columns);
        }
        let header = self.reader.headers().map_err(malformed)?;
        let find = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
        let mut known = [0; COLUMNS.len()];
        for (place, name) in known.iter_mut().zip(COLUMNS) {
            *place = find(name).ok_or_else(|| ReplayError::missing("line 1", name))?;
        }
        let columns = Columns { known, user_agent: find(USER_AGENT) };
        self.columns = Some(columns);
        Ok(columns)
    }

    fn read(&mut self) -> Result<Option<RecordedSignIn>, ReplayError> {
        let columns = self.columns()?;
        if !self.reader.read_record(&mut self.row).map_err(malformed)? {
            return Ok(None);
        }
        let place = format!("line {}", self.row.position().map_or(0, csv::Position::line));
        sign_in(&place, &columns, &self.row).map(Some)
    }
}

impl<R: Read> Iterator for SignIns<R> {
    type Item = Result<RecordedSignIn, ReplayError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_over {
            return None;
        }
        let read = self.read();
        self.is_over = !matches!(read, Ok(Some(_)));
        read.transpose()
    }
}

fn malformed(error: csv::Error) -> ReplayError {
    let place = error.position().map_or_else(String::new, |at| format!("line {}", at.line()));
    let reason = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => ReplayError::Read(error),
        _ => ReplayError::Malformed { place, reason },
    }
}

fn sign_in(place: &str, columns: &Columns, row: &StringRecord) -> Result<RecordedSignIn, ReplayError> {
    let mut values = [""; COLUMNS.len()];
    for ((value, column), name) in values.iter_mut().zip(columns.known).zip(COLUMNS) {
        *value = row.get(column).ok_or_else(|| ReplayError::missing(place, name))?;
    }
    let [index, at, user, address, country, region, city, owner, browser, system, success] = values;
    let ip_address: IpAddr = address
        .parse()
        .map_err(|_| ReplayError::invalid(place, "IP Address", address, "an IPv4 or IPv6 address"))?;
    if user.is_empty() {
        return Err(ReplayError::missing(place, "User ID"));
    }
    let user_agent = columns.user_agent.and_then(|column| row.get(column)).and_then(text);
    let facts = SignInFacts {
        at: timestamp(at).ok_or_else(|| {
            ReplayError::invalid(place, "Login Timestamp", at, "a time such as 2020-02-03 12:43:30.772")
        })?,
        user: UserFacts::new(user),
        application: ApplicationFacts::new("", ClientAppType::Browser),
        client: ClientFacts {
            is_browser: true,
            browser: text(browser).map(|browser| major(&browser)),
            operating_system: text(system).map(|system| major(&system)),
            user_agent,
            ..ClientFacts::default()
        },
        network: NetworkFacts {
            location: text(country).map(|country| SignInLocation {
                city: text(city),
                state: text(region),
                country_or_region: Some(country),
                geo_coordinates: None,
            }),
            autonomous_system_number: number(place, owner)?,
            ..NetworkFacts::unknown(ip_address)
        },
        device: None,
        authentication: AuthenticationFacts::default(),
    };
    let is_success = boolean(place, success)?;
    let first_factor = match is_success {
        true => FirstFactor::Right,
        false if user == NOBODY => FirstFactor::UnknownUser,
        false => FirstFactor::Wrong,
    };
    Ok(RecordedSignIn { index: index.to_owned(), first_factor, is_success, facts })
}

/// What the data set writes for what it does not know.
fn text(value: &str) -> Option<String> {
    let is_known = !value.is_empty() && value != "-" && !value.eq_ignore_ascii_case("nan");
    is_known.then(|| value.to_owned())
}

/// `2020-02-03 12:43:30.772`, universal time, with or without the fraction.
fn timestamp(text: &str) -> Option<Timestamp> {
    let is_complete = text.ends_with('Z') || text.contains('+');
    let zone = if is_complete { "" } else { "Z" };
    format!("{}{zone}", text.replacen(' ', "T", 1)).parse().ok()
}

fn number(place: &str, value: &str) -> Result<Option<u32>, ReplayError> {
    match text(value) {
        // Tables that went through floating point write 29695.0.
        Some(value) => {
            let whole = value.strip_suffix(".0").unwrap_or(&value);
            let wrong = |_| ReplayError::invalid(place, "ASN", &value, "the number of an autonomous system");
            whole.parse().map(Some).map_err(wrong)
        }
        None => Ok(None),
    }
}

fn boolean(place: &str, value: &str) -> Result<bool, ReplayError> {
    match value.to_ascii_lowercase().as_str() {
        "true" | "1" => Ok(true),
        "false" | "0" => Ok(false),
        _ => Err(ReplayError::invalid(place, "Login Successful", value, "True or False")),
    }
}
