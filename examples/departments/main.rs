//! Makes the departments' forms in `input/` from a list, in the several hands that real forms are written in.
//!
//! `cargo run --example departments -- SOURCE.csv OUTDIR`; `input/README.md` names the two calls.

mod form;
mod kakuu;
mod list;
mod meguro;
mod notation;
mod workbook;

use std::error::Error;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [source, folder] = arguments.as_slice() else {
        return Err("usage: departments SOURCE.csv OUTDIR".into());
    };
    let (keys, rows) = list::read(Path::new(source))?;
    let forms = if keys.iter().any(|key| key == "measure") { kakuu::forms() } else { meguro::forms() };
    std::fs::create_dir_all(folder)?;
    for form in &forms {
        let rows = form.pick(&rows);
        std::fs::write(Path::new(folder).join(form.file), form::render(form, &rows)?)?;
    }
    Ok(())
}
