//! The words of a template that stand in documents.

use super::{RevisedMark, Running, RunningPart, Template};

/// Words by what they are set as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PrintedWords<'a> {
    /// The title.
    pub title: &'a str,
    /// Headings of columns.
    pub headings: Vec<&'a str>,
    /// All others.
    pub others: Vec<&'a str>,
}

impl Template {
    /// Its words that stand in documents.
    pub fn printed_words(&self) -> PrintedWords<'_> {
        let document = &self.document;
        let columns = &self.columns;
        let mut others = vec![self.page.continued.as_str()];
        others.extend((self.page.mark_revised == RevisedMark::Words).then_some(RevisedMark::WORD));
        let lines = document.subtitle.iter().chain(&document.byline).chain(&document.notes);
        others.extend(lines.map(String::as_str));
        let running = [&self.page.header, &self.page.footer].into_iter().flat_map(Running::parts);
        others.extend(running.flatten().filter_map(|piece| match piece {
            RunningPart::Text(text) => Some(text.as_str()),
            RunningPart::Page | RunningPart::Pages => None,
        }));
        others.extend(columns.iter().flat_map(|column| [column.separator.as_str(), column.empty.as_str()]));
        let choices = self.fields.iter().flat_map(|field| &field.choices);
        others.extend(choices.map(|choice| choice.print.as_str()));
        others.extend(self.tally.iter().map(|tally| tally.total.as_str()));
        let headings = columns.iter().flat_map(|column| [Some(&column.title), column.under.as_ref()]);
        let headings = headings.flatten().map(String::as_str).collect();
        PrintedWords { title: &document.title, headings, others }
    }
}
