use std::fmt::Write as _;

use crate::event::Attacker;
use crate::metrics::{by_history, challenges};
use crate::study::Stratum;

use super::Data;
use super::collect::{COOKIE, PASSIVE, REFERENCE};
use super::learning::LENGTHS;

/// Colours that stay apart for the colour-blind, and in grey.
const COLOURS: [&str; 4] = ["#0b5394", "#38a3a5", "#c0392b", "#8a8a8a"];
const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 220.0;

/// A line of a panel: points with both coordinates in 0..1.
type Line = Vec<(f64, f64)>;

struct Panel {
    title: String,
    lines: Vec<Line>,
}

struct Picture<'a> {
    title: &'a str,
    across: &'a str,
    up: &'a str,
    /// Labels of the axis across, with places in 0..1.
    ticks: Vec<(f64, String)>,
    names: Vec<&'a str>,
    panels: Vec<Panel>,
}

/// All pictures.
pub(super) fn all(data: &Data) -> Vec<(&'static str, String)> {
    vec![("curves.svg", curves(data)), ("history.svg", history(data))]
}

/// The scale of attempts caught: from 80 % on, stretched towards all.
fn stretched(share: f64) -> f64 {
    let missed = (1.0 - share).clamp(0.001, 0.2);
    (0.2_f64.ln() - missed.ln()) / (0.2_f64.ln() - 0.001_f64.ln())
}

fn curves(data: &Data) -> String {
    let columns = [PASSIVE, COOKIE, REFERENCE, REFERENCE + 2];
    let shares = [0.8, 0.85, 0.9, 0.93, 0.95, 0.97, 0.98, 0.985, 0.99, 0.995, 0.999];
    let line = |column, attacker| {
        let point = |share| {
            let counts = challenges(&data.study, column, attacker, share, Stratum::Everyone);
            (stretched(share), counts.challenge_share(None))
        };
        shares.map(point).to_vec()
    };
    let panels = Attacker::PROBES.map(|attacker| Panel {
        title: attacker.name().to_owned(),
        lines: columns.iter().map(|column| line(*column, attacker)).collect(),
    });
    let ticks = [0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999];
    let names = data.study.names();
    draw(&Picture {
        title: "Honest sign-ins challenged when so many attempts are to be caught",
        across: "attempts caught in the first half",
        up: "challenged",
        ticks: ticks.map(|share| (stretched(share), format!("{}", share * 100.0))).to_vec(),
        names: columns.iter().map(|column| names[*column]).collect(),
        panels: panels.into(),
    })
}

fn history(data: &Data) -> String {
    let columns = [PASSIVE, COOKIE, REFERENCE, REFERENCE + 2];
    let place = |length: u32| (f64::from(length).ln() - 4.0_f64.ln()) / (39.0_f64.ln() - 4.0_f64.ln());
    let line = |column, attacker| {
        let cells = by_history(&data.study, column, attacker, 0.99, &LENGTHS);
        cells.iter().map(|cell| (place(cell.history), cell.median)).collect()
    };
    let panels = Attacker::PROBES.map(|attacker| Panel {
        title: attacker.name().to_owned(),
        lines: columns.iter().map(|column| line(*column, attacker)).collect(),
    });
    let names = data.study.names();
    draw(&Picture {
        title: "First sign-ins challenged when 99 % of attempts are to be caught (median over people)",
        across: "sign-ins after the first",
        up: "challenged",
        ticks: LENGTHS.map(|length| (place(length), length.to_string())).to_vec(),
        names: columns.iter().map(|column| names[*column]).collect(),
        panels: panels.into(),
    })
}

fn draw(picture: &Picture<'_>) -> String {
    let rows = picture.panels.len().div_ceil(3) as f64;
    let (wide, high) = (3.0 * (WIDTH + 60.0) + 20.0, rows * (HEIGHT + 80.0) + 80.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {wide} {high}\" font-family=\"sans-serif\" font-size=\"12\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n\
         <text x=\"20\" y=\"26\" font-size=\"16\">{}</text>\n",
        picture.title
    );
    for (index, name) in picture.names.iter().enumerate() {
        let x = 20.0 + 230.0 * index as f64;
        let _ = writeln!(
            svg,
            "<line x1=\"{x}\" y1=\"46\" x2=\"{}\" y2=\"46\" stroke=\"{}\" stroke-width=\"3\"/><text x=\"{}\" y=\"50\">{name}</text>",
            x + 24.0,
            COLOURS[index],
            x + 30.0
        );
    }
    for (index, panel) in picture.panels.iter().enumerate() {
        let (column, row) = ((index % 3) as f64, (index / 3) as f64);
        draw_panel(&mut svg, picture, panel, (50.0 + column * (WIDTH + 60.0), 90.0 + row * (HEIGHT + 80.0)));
    }
    svg + "</svg>\n"
}

fn draw_panel(svg: &mut String, picture: &Picture<'_>, panel: &Panel, (left, top): (f64, f64)) {
    let bottom = top + HEIGHT;
    let _ = writeln!(
        svg,
        "<text x=\"{left}\" y=\"{:.1}\" font-weight=\"bold\">{}</text>",
        top - 8.0,
        panel.title
    );
    for step in 0..=5 {
        let share = f64::from(step) / 5.0;
        let y = bottom - share * HEIGHT;
        let _ = writeln!(
            svg,
            "<line x1=\"{left}\" y1=\"{y:.1}\" x2=\"{:.1}\" y2=\"{y:.1}\" stroke=\"#e0e0e0\"/><text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"end\">{:.0} %</text>",
            left + WIDTH,
            left - 6.0,
            y + 4.0,
            share * 100.0
        );
    }
    for (place, label) in &picture.ticks {
        let x = left + place * WIDTH;
        let _ = writeln!(
            svg,
            "<line x1=\"{x:.1}\" y1=\"{bottom}\" x2=\"{x:.1}\" y2=\"{:.1}\" stroke=\"#606060\"/><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\">{label}</text>",
            bottom + 4.0,
            bottom + 18.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{:.1}\" y=\"{:.1}\" text-anchor=\"middle\" fill=\"#606060\">{}</text>",
        left + WIDTH / 2.0,
        bottom + 34.0,
        picture.across
    );
    let _ = writeln!(svg, "<title>{} over {}</title>", picture.up, picture.across);
    for (line, colour) in panel.lines.iter().zip(COLOURS) {
        let points: Vec<String> = line
            .iter()
            .filter(|(_, y)| y.is_finite())
            .map(|(x, y)| format!("{:.1},{:.1}", left + x * WIDTH, bottom - y * HEIGHT))
            .collect();
        let _ = writeln!(
            svg,
            "<polyline points=\"{}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"2\"/>",
            points.join(" ")
        );
    }
}
