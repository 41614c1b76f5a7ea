//! The list that is divided among the departments: one row an indicator, columns by name.

use std::collections::BTreeMap;
use std::path::Path;

/// One indicator of the list.
#[derive(Debug)]
pub(crate) struct Row {
    /// Position in the form from 1, for serial numbers and for what every other row does differently.
    pub(crate) position: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    /// The text of a column; empty where the list has none.
    pub(crate) fn get(&self, key: &str) -> &str {
        self.cells.get(key).map_or("", String::as_str)
    }

    /// The same indicator at a position of a form.
    pub(crate) fn at(&self, position: usize) -> Self {
        Self { position, cells: self.cells.clone() }
    }

    /// Whether this is the second, fourth, … row of its form.
    pub(crate) fn is_even(&self) -> bool {
        self.position.is_multiple_of(2)
    }
}

/// Reads a UTF-8 list with a header row: the column names, and the rows in order.
pub(crate) fn read(path: &Path) -> Result<(Vec<String>, Vec<Row>), csv::Error> {
    let mut reader = csv::Reader::from_path(path)?;
    let keys: Vec<String> = reader.headers()?.iter().map(str::to_owned).collect();
    let rows = reader
        .records()
        .map(|record| {
            let cells = keys.iter().cloned().zip(record?.iter().map(str::to_owned)).collect();
            Ok(Row { position: 0, cells })
        })
        .collect::<Result<_, csv::Error>>()?;
    Ok((keys, rows))
}
