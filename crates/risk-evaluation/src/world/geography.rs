/// A country of the simulated world.
#[derive(Debug)]
pub struct Country {
    /// ISO 3166 two-letter code.
    pub code: &'static str,
    /// Offset of its clocks from UTC in hours; one for the whole country.
    pub offset: i64,
    /// Its cities, the largest first.
    pub cities: &'static [City],
}

/// A city: name, latitude, longitude in degrees.
#[derive(Debug)]
pub struct City(pub &'static str, pub f64, pub f64);

const fn country(code: &'static str, offset: i64, cities: &'static [City]) -> Country {
    Country { code, offset, cities }
}

/// The countries. The first [`HOMES`] are where tenants are at home.
pub static COUNTRIES: &[Country] = &[
    country(
        "DE",
        1,
        &[
            City("Berlin", 52.52, 13.40),
            City("Hamburg", 53.55, 9.99),
            City("München", 48.14, 11.58),
            City("Köln", 50.94, 6.96),
        ],
    ),
    country(
        "US",
        -6,
        &[
            City("New York", 40.71, -74.01),
            City("Los Angeles", 34.05, -118.24),
            City("Chicago", 41.88, -87.63),
            City("Dallas", 32.78, -96.80),
            City("Seattle", 47.61, -122.33),
        ],
    ),
    country(
        "GB",
        0,
        &[City("London", 51.51, -0.13), City("Manchester", 53.48, -2.24), City("Edinburgh", 55.95, -3.19)],
    ),
    country(
        "FR",
        1,
        &[City("Paris", 48.86, 2.35), City("Lyon", 45.76, 4.84), City("Marseille", 43.30, 5.37)],
    ),
    country(
        "NO",
        1,
        &[City("Oslo", 59.91, 10.75), City("Bergen", 60.39, 5.32), City("Trondheim", 63.43, 10.40)],
    ),
    country("ES", 1, &[City("Madrid", 40.42, -3.70), City("Barcelona", 41.39, 2.17)]),
    country("IT", 1, &[City("Roma", 41.90, 12.50), City("Milano", 45.46, 9.19)]),
    country("NL", 1, &[City("Amsterdam", 52.37, 4.90), City("Rotterdam", 51.92, 4.48)]),
    country("PL", 1, &[City("Warszawa", 52.23, 21.01), City("Kraków", 50.06, 19.94)]),
    country("SE", 1, &[City("Stockholm", 59.33, 18.07), City("Göteborg", 57.71, 11.97)]),
    country("CH", 1, &[City("Zürich", 47.37, 8.54), City("Genève", 46.20, 6.14)]),
    country("AT", 1, &[City("Wien", 48.21, 16.37), City("Graz", 47.07, 15.44)]),
    country("CA", -5, &[City("Toronto", 43.65, -79.38), City("Vancouver", 49.28, -123.12)]),
    country("BR", -3, &[City("São Paulo", -23.55, -46.63), City("Rio de Janeiro", -22.91, -43.17)]),
    country("IN", 5, &[City("Mumbai", 19.08, 72.88), City("Bengaluru", 12.97, 77.59)]),
    country("JP", 9, &[City("Tokyo", 35.68, 139.69), City("Osaka", 34.69, 135.50)]),
    country("SG", 8, &[City("Singapore", 1.35, 103.82)]),
    country("AU", 10, &[City("Sydney", -33.87, 151.21), City("Melbourne", -37.81, 144.96)]),
    country("TR", 3, &[City("İstanbul", 41.01, 28.98), City("Ankara", 39.93, 32.86)]),
    country("RO", 2, &[City("București", 44.43, 26.10), City("Cluj-Napoca", 46.77, 23.59)]),
    country("UA", 2, &[City("Kyiv", 50.45, 30.52), City("Lviv", 49.84, 24.03)]),
    country("NG", 1, &[City("Lagos", 6.52, 3.38), City("Abuja", 9.06, 7.50)]),
    country("CN", 8, &[City("Shanghai", 31.23, 121.47), City("Beijing", 39.90, 116.41)]),
    country("VN", 7, &[City("Hà Nội", 21.03, 105.85), City("Hồ Chí Minh", 10.82, 106.63)]),
];

/// How many countries, from the first, tenants are at home in.
pub const HOMES: usize = 5;

/// Distance on the earth's surface in kilometres (haversine formula, mean radius 6,371 km).
pub fn kilometres(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lat2) = (from.0.to_radians(), to.0.to_radians());
    let half = |degrees: f64| {
        let sine = libm::sin(degrees.to_radians() / 2.0);
        sine * sine
    };
    let a = half(to.0 - from.0) + libm::cos(lat1) * libm::cos(lat2) * half(to.1 - from.1);
    2.0 * 6_371.0 * libm::asin(a.sqrt().min(1.0))
}
