//! Parameters: what a problem is about, typed, and how each is told within a sentence.

use super::Lang;
use crate::japanese::era::wareki;
use crate::model::{CellRef, Eras, FiscalYear, Origin, StatedBy};
use serde::{Deserialize, Serialize};
use std::fmt::{self, Display, Formatter};

/// Characters of a quoted text at most: enough to find the place, too few to fill a page. What a cell says may be as
/// long as 32,767 characters.
const QUOTED: usize = 60;
/// Texts of a list that are named at most; the others are counted.
const NAMED: usize = 8;

/// A text within a sentence of a language.
pub(super) trait Parameter {
    /// Writes it.
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result;
}

/// A parameter for a sentence of a language, to be captured by its words.
pub(super) struct In<'a, P>(pub(super) &'a P, pub(super) Lang);

/// What a cell, a heading or a template says, in one line, its end cut off where it is long.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Quoted(String);

/// Texts of which the first ones are named and the others counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    named: Vec<Quoted>,
    more: usize,
}

/// How many more there are of what a finding names, told in brackets; nothing if there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct More(usize);

/// Words of which one is to be chosen, told as `「維持」「修正」`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Choices(Vec<Quoted>);

/// A column of a sheet, counted from 0, told and written as its letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Column(pub u32);

/// A year as it was written and as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StatedYear {
    /// As written.
    pub text: Quoted,
    /// As understood.
    #[serde(flatten)]
    pub year: NamedYear,
}

/// A fiscal year with its name in the document's eras.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedYear {
    /// The year.
    pub year: FiscalYear,
    /// Its Japanese name: `令和2年度`.
    pub name: String,
}

/// Another place, told without the file and the sheet where they are those of the finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// The whole place.
    #[serde(flatten)]
    pub origin: Origin,
    same_file: bool,
    same_sheet: bool,
}

/// Further places of which the same is to be said, told in brackets; nothing if there are none.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Places(Vec<Elsewhere>);

/// Headings with the fields that they were taken for, told as `「目安」を「目標値」`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Readings(pub Vec<(Quoted, Quoted)>);

/// Words with how often each is, told as `維持 2件、計 3件`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Numbers(pub Vec<(Quoted, usize)>);

/// The words of a library or of the system: for those who look into data and logs. A sentence for a clerk does not
/// have them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Detail(pub Option<String>);

/// One or more characters, told with their code points.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Characters(pub String);

/// Something that two rows say differently: the cells with what they say, or none where they say nothing.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// On the sheet that was read first.
    pub first: Side,
    /// On the other.
    pub again: Side,
}

/// What one of two rows says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// The cell, or that of the row's indicator where the row says nothing.
    pub cell: Option<CellRef>,
    /// What it says.
    pub text: Option<Quoted>,
}

/// Differences of which the first ones are named and the others counted.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Differences {
    named: Vec<Difference>,
    more: usize,
}

/// Names characters by their code points: `U+845B U+E0100`.
pub fn code_points(characters: &str) -> String {
    characters.chars().map(|c| format!("U+{:04X}", u32::from(c))).collect::<Vec<_>>().join(" ")
}

impl Quoted {
    /// The text, unless its end was cut off.
    pub fn whole(&self) -> Option<&str> {
        (!self.0.ends_with('…')).then_some(&self.0)
    }
}

impl<T: AsRef<str>> From<T> for Quoted {
    fn from(text: T) -> Self {
        let line = |text: &str| text.trim().replace(['\r', '\n'], " ");
        match text.as_ref().char_indices().nth(QUOTED) {
            Some((end, _)) => Self(line(&text.as_ref()[..end]) + "…"),
            None => Self(line(text.as_ref())),
        }
    }
}

impl<T: Into<Quoted>> FromIterator<T> for Listed {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        let mut texts = texts.into_iter();
        let named = texts.by_ref().take(NAMED).map(Into::into).collect();
        Self { named, more: texts.count() }
    }
}

impl<T: Into<Quoted>> FromIterator<T> for Choices {
    fn from_iter<I: IntoIterator<Item = T>>(texts: I) -> Self {
        Self(texts.into_iter().map(Into::into).collect())
    }
}

impl Extend<Difference> for Differences {
    fn extend<I: IntoIterator<Item = Difference>>(&mut self, differences: I) {
        let mut differences = differences.into_iter();
        self.named.extend(differences.by_ref().take(NAMED - self.named.len()));
        self.more += differences.count();
    }
}

impl Differences {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.named.is_empty()
    }
}

impl Elsewhere {
    /// Another place, as it is told at a place.
    pub fn from(here: &Origin, there: &Origin) -> Self {
        let same_file = here.place.file == there.place.file;
        let same_sheet = same_file && here.place.sheet == there.place.sheet;
        Self { origin: there.clone(), same_file, same_sheet }
    }
}

impl Places {
    /// Adds a sheet, unless it is named already or `here`.
    pub fn add(&mut self, here: &Origin, there: &Origin) {
        let is_known = self.0.iter().any(|known| known.origin.place == there.place);
        if !is_known && here.place != there.place {
            self.0.push(Elsewhere::from(here, &Origin::of_place(&there.place)));
        }
    }

    /// Whether one of them is in a file.
    pub fn has_file(&self, file: &str) -> bool {
        self.0.iter().any(|place| place.origin.place.file == file)
    }
}

impl More {
    /// Those of so many that are not named; one is.
    pub fn than_one(count: usize) -> Self {
        Self::than(1, count)
    }

    /// Those of so many that are not named.
    pub fn than(named: usize, count: usize) -> Self {
        Self(count.saturating_sub(named))
    }
}

impl NamedYear {
    /// A year by the document's eras.
    pub fn of(year: FiscalYear, eras: &Eras) -> Self {
        Self { year, name: wareki(year, eras) }
    }
}

impl StatedYear {
    /// From what was written and what was understood.
    pub fn new(text: &str, year: NamedYear) -> Self {
        Self { text: text.into(), year }
    }
}

impl From<Column> for String {
    fn from(column: Column) -> Self {
        CellRef::column_letters(column.0)
    }
}

impl TryFrom<String> for Column {
    type Error = crate::model::NoCell;

    fn try_from(letters: String) -> Result<Self, Self::Error> {
        format!("{letters}1").parse().map(|cell: CellRef| Self(cell.col))
    }
}

impl<P: Parameter> Display for In<'_, P> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        self.0.tell(self.1, f)
    }
}

impl Display for Column {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&CellRef::column_letters(self.0))
    }
}

impl Display for Quoted {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Parameter for Quoted {
    fn tell(&self, _: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Parameter for u64 {
    fn tell(&self, _: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Parameter for usize {
    fn tell(&self, _: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Parameter for More {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        match (lang, self.0) {
            (_, 0) => Ok(()),
            (Lang::Ja, more) => write!(f, "（ほか{more}件）"),
            (Lang::En, more) => write!(f, " (and {more} more)"),
        }
    }
}

impl Parameter for StatedBy {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(lang.pick(match self {
            Self::Column => ("単位の列", "column of units"),
            Self::Heading => ("見出し", "heading"),
            Self::Template => ("テンプレート", "template"),
        }))
    }
}

impl Parameter for NamedYear {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        match lang {
            Lang::Ja => f.write_str(&self.name),
            Lang::En => write!(f, "FY{}", self.year.0),
        }
    }
}

impl Parameter for StatedYear {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { text, year } = self;
        match lang {
            Lang::Ja if text.0 == year.name => write!(f, "「{text}」"),
            Lang::Ja => write!(f, "「{text}」（{}と読み取りました）", year.name),
            Lang::En => write!(f, "`{text}` (FY{})", year.year.0),
        }
    }
}

impl Parameter for Column {
    fn tell(&self, _: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        self.fmt(f)
    }
}

impl Parameter for Choices {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        match lang {
            Lang::Ja => self.0.iter().try_for_each(|word| write!(f, "「{word}」")),
            Lang::En => join(&self.0, ", ", f),
        }
    }
}

impl Parameter for Listed {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        join(&self.named, lang.pick(("・", ", ")), f)?;
        match (self.more, lang) {
            (0, _) => Ok(()),
            (more, Lang::Ja) => write!(f, "ほか{more}"),
            (more, Lang::En) => write!(f, " and {more} more"),
        }
    }
}

impl Parameter for Places {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return Ok(());
        }
        let named: Vec<String> = self.0.iter().take(NAMED).map(|place| In(place, lang).to_string()).collect();
        let named = named.join(lang.pick(("、", "; ")));
        match (self.0.len() - self.0.len().min(NAMED), lang) {
            (0, Lang::Ja) => write!(f, "（{named}も同じ）"),
            (0, Lang::En) => write!(f, " (so in {named})"),
            (more, Lang::Ja) => write!(f, "（{named}、ほか{more}シートも同じ）"),
            (more, Lang::En) => write!(f, " (so in {named}; and {more} more sheets)"),
        }
    }
}

impl Parameter for Readings {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let reading = |(heading, field): &(Quoted, Quoted)| {
            lang.pick((format!("「{heading}」を「{field}」"), format!("`{heading}` as `{field}`")))
        };
        let readings: Vec<String> = self.0.iter().map(reading).collect();
        join(&readings, lang.pick(("、", ", ")), f)
    }
}

impl Parameter for Numbers {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let unit = lang.pick(("件", ""));
        let texts: Vec<String> = self.0.iter().map(|(word, count)| format!("{word} {count}{unit}")).collect();
        join(&texts, lang.pick(("、", ", ")), f)
    }
}

impl Parameter for Detail {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        match (&self.0, lang) {
            (Some(detail), Lang::En) => write!(f, " ({detail})"),
            _ => Ok(()),
        }
    }
}

impl Parameter for Characters {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let (characters, codes) = (&self.0, code_points(&self.0));
        match lang {
            Lang::Ja => write!(f, "「{characters}」（{codes}）"),
            Lang::En => write!(f, "`{characters}` ({codes})"),
        }
    }
}

impl Parameter for Elsewhere {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let Origin { place, cell } = &self.origin;
        let file = Some(&place.file).filter(|_| !self.same_file);
        let sheet = place.sheet.as_ref().filter(|_| !self.same_sheet);
        let quoted = |text: &String| lang.pick((format!("「{text}」"), format!("`{text}`")));
        let file = file.map(quoted);
        let sheet = sheet.map(|sheet| lang.pick(("シート", "sheet ")).to_owned() + &quoted(sheet));
        let cell = cell.map(|cell| cell.to_string());
        let parts: Vec<String> = [file, sheet, cell].into_iter().flatten().collect();
        join(&parts, lang.pick(("の", ", ")), f)
    }
}

impl Parameter for Differences {
    fn tell(&self, lang: Lang, f: &mut Formatter<'_>) -> fmt::Result {
        let side = |side: &Side| {
            let cell = side.cell.map(|cell| cell.to_string()).unwrap_or_default();
            match (&side.text, lang) {
                (Some(text), Lang::Ja) => format!("{cell}「{text}」"),
                (Some(text), Lang::En) => format!("{cell} `{text}`"),
                (None, Lang::Ja) => format!("{cell}の行の空欄"),
                (None, Lang::En) => format!("nothing in the row of {cell}"),
            }
        };
        let pair = |Difference { first, again }: &Difference| {
            let (first, again) = (side(first), side(again));
            lang.pick((format!("{first}と{again}"), format!("{first} and {again}")))
        };
        let pairs: Vec<String> = self.named.iter().map(pair).collect();
        join(&pairs, lang.pick(("、", ", ")), f)?;
        match (self.more, lang) {
            (0, _) => Ok(()),
            (more, Lang::Ja) => write!(f, "、ほか{more}か所"),
            (more, Lang::En) => write!(f, ", and {more} more"),
        }
    }
}

fn join(texts: &[impl Display], between: &str, f: &mut Formatter<'_>) -> fmt::Result {
    for (at, text) in texts.iter().enumerate() {
        if at > 0 {
            f.write_str(between)?;
        }
        text.fmt(f)?;
    }
    Ok(())
}
