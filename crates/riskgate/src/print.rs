//! Answers on standard output.

use std::io::Write;

use serde_json::Value as Json;

/// Prints text as it is.
///
/// # Errors
/// If standard output is closed: the caller would take a cut answer for a whole one.
pub(crate) fn text(text: &str) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())?;
    Ok(out.flush()?)
}

/// Prints one JSON value on lines of its own.
///
/// # Errors
/// If standard output is closed.
pub(crate) fn json(value: &Json) -> anyhow::Result<()> {
    text(&format!("{value:#}\n"))
}

/// Names and values under each other, the values aligned.
pub(crate) fn pairs(pairs: &[(&str, &str)]) -> String {
    let width = pairs.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    pairs.iter().map(|(name, value)| format!("  {name:width$}  {value}\n")).collect()
}

/// A table with a row of titles; the last column is not padded.
pub(crate) fn table(titles: &[&str], rows: &[Vec<String>]) -> String {
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain([titles[column].chars().count()]).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..titles.len()).map(width).collect();
    let line = |cells: &mut dyn Iterator<Item = &str>| {
        let padded: Vec<_> =
            cells.zip(&widths).map(|(cell, width)| format!("{cell:width$}", width = *width)).collect();
        format!("{}\n", padded.join("  ").trim_end())
    };
    let mut text = line(&mut titles.iter().copied());
    for row in rows {
        text.push_str(&line(&mut row.iter().map(String::as_str)));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [vec!["tor".to_owned(), "1430".to_owned()], vec!["véry-long".to_owned(), "1".to_owned()]];
        assert_eq!(table(&["NAME", "ENTRIES"], &rows), "NAME       ENTRIES\ntor        1430\nvéry-long  1\n");
        assert_eq!(pairs(&[("a", "1"), ("bcd", "2")]), "  a    1\n  bcd  2\n");
    }
}
