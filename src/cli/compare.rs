//! `kaitei compare`: what changed from one edition of a list to the next.

use super::args::{CompareArgs, LogFormat};
use super::page::{Page, Tone, colour, terminal_width};
use super::{Exit, report, worker};
use crate::batch::{self, Compared, ProjectFolder};
use crate::compare::{Changed, Edition, FieldChange, LINKS, Side, words};
use crate::emit::json::{ComparisonView, to_bytes};
use crate::error::Error;
use crate::finding::{Lang, has_errors};
use crate::model::{Field, Record, Role};
use anstream::AutoStream;
use std::fmt::Write as _;

const NEVER_FAILS: &str = "writing to a string does not fail";

pub(super) fn run(args: &CompareArgs, lang: Lang) -> Result<Exit, Error> {
    let project = ProjectFolder::new(&args.project);
    let compared = batch::compare(&project, &args.document, args.with.as_deref(), Some(&worker::workers()))?;
    let output = if args.suggest {
        suggestions(&compared, lang).into_bytes()
    } else if args.format == LogFormat::Json {
        let (old, new) = (compared.old.edition(), compared.new_edition());
        to_bytes(&ComparisonView::of(&compared.comparison, &old, &new))
    } else {
        Sheet { page: Page::new(terminal_width()), compared: &compared, lang }.render().into_bytes()
    };
    report::write_out(&mut AutoStream::new(std::io::stdout(), colour(args.color)), &output)?;
    Ok(if has_errors(&compared.findings) { Exit::Data } else { Exit::Done })
}

/// What is printed.
struct Sheet<'a> {
    page: Page,
    compared: &'a Compared,
    lang: Lang,
}

impl Sheet<'_> {
    fn render(mut self) -> String {
        let Compared { comparison, old, template, .. } = self.compared;
        let (before, after) = (old.edition(), self.compared.new_edition());
        self.count(Side::Old, &before, &self.compared.with);
        self.count(Side::New, &after, &template.id);
        let keys = |edition: &Edition<'_>, fields: &[Field]| {
            fields.iter().map(|&field| edition.template.heading(field)).collect::<Vec<_>>().join("、")
        };
        for (edition, fields, words) in [
            (
                &before,
                &comparison.only_old,
                ("改訂前だけにある項目（比較していません）: ", "only in the old edition, not compared: "),
            ),
            (
                &after,
                &comparison.only_new,
                ("改訂後だけにある項目（比較していません）: ", "only in the new edition, not compared: "),
            ),
        ] {
            if !fields.is_empty() {
                self.page
                    .paragraph(&[(Tone::Dim, self.lang.pick(words))], (Tone::Dim, &keys(edition, fields)));
            }
        }
        self.page.line(&[]);
        for group in &comparison.reworded {
            self.page.line(&[(Tone::Warning, self.lang.pick(("目標・施策の名称  ", "group renamed  ")))]);
            self.texts(&group.old, &group.new);
        }
        for changed in comparison.changed() {
            self.row(changed, &before, &after);
        }
        if comparison.is_empty() {
            self.page.line(&[(Tone::Good, self.lang.pick(("変更はありません", "nothing changes")))]);
        }
        for finding in &self.compared.findings {
            if matches!(finding.code(), crate::finding::Code::PairUncertain | crate::finding::Code::LinkUnfit)
            {
                self.page.paragraph(
                    &[(Tone::Warning, self.lang.pick(("要確認  ", "to settle  ")))],
                    (Tone::Plain, &finding.message(self.lang)),
                );
            }
        }
        self.page.into_text()
    }

    /// How many records of an edition became what; together they are all.
    fn count(&mut self, side: Side, edition: &Edition<'_>, name: &str) {
        let [same, changed, regrouped, alone] = self.compared.comparison.counts(side);
        let rows = edition.list.rows.len();
        let text = match (self.lang, side) {
            (Lang::Ja, Side::Old) => format!(
                "改訂前 {name}: {rows}件＝同じ{same}＋変更{changed}＋分割・統合{regrouped}＋削除{alone}"
            ),
            (Lang::Ja, Side::New) => format!(
                "改訂後 {name}: {rows}件＝同じ{same}＋変更{changed}＋分割・統合{regrouped}＋新設{alone}"
            ),
            (Lang::En, Side::Old) => format!(
                "old {name}: {rows} = {same} same + {changed} changed + {regrouped} split or merged + {alone} removed"
            ),
            (Lang::En, Side::New) => format!(
                "new {name}: {rows} = {same} same + {changed} changed + {regrouped} split or merged + {alone} added"
            ),
        };
        self.page.line(&[(Tone::Title, &text)]);
    }

    fn row(&mut self, changed: Changed<'_>, old: &Edition<'_>, new: &Edition<'_>) {
        match changed {
            Changed::Pair(pair) => {
                self.head(Tone::Plain, ("変更", "changed"), &new.list.rows[pair.new]);
                for change in &pair.changes {
                    self.change(change);
                }
            }
            Changed::Regrouped(it) => {
                let words =
                    if it.new.len() > it.old.len() { ("分割", "split") } else { ("統合", "merged") };
                for &at in &it.old {
                    self.head(Tone::Warning, words, &old.list.rows[at]);
                }
                for &at in &it.new {
                    self.head(Tone::Warning, ("  → ", "  → "), &new.list.rows[at]);
                }
            }
            Changed::Added(at) => self.head(Tone::Good, ("新設", "added"), &new.list.rows[at]),
            Changed::Removed(at) => self.head(Tone::Error, ("削除", "removed"), &old.list.rows[at]),
        }
    }

    fn head(&mut self, tone: Tone, words: (&str, &str), row: &Record) {
        let number =
            row.text_of(Role::Number).map(|number| format!("№{}  ", number.text)).unwrap_or_default();
        let id = row.id.map(|id| format!("  {id}")).unwrap_or_default();
        let word = format!("{}  ", self.lang.pick(words));
        self.page.line(&[
            (tone, &word),
            (Tone::Title, &number),
            (Tone::Title, &row.name().text),
            (Tone::Dim, &id),
        ]);
    }

    fn change(&mut self, change: &FieldChange) {
        let template = &self.compared.template;
        let kind = self.lang.pick((change.kind.word(template), change.kind.id()));
        let label = format!("    {}（{kind}）", template.heading(change.field.new).replace('\n', ""));
        self.page.line(&[(Tone::Dim, &label)]);
        let marked = |text: &str, ranges: &[std::ops::Range<usize>]| -> String {
            let cut = words::pieces(text, ranges).into_iter();
            cut.map(|it| if it.differs { format!("[{}]", it.text) } else { it.text.to_owned() }).collect()
        };
        let (old, new) =
            (marked(&change.old, &change.differences.old), marked(&change.new, &change.differences.new));
        self.texts(&old, &new);
    }

    fn texts(&mut self, old: &str, new: &str) {
        for (begin, text) in [("      － ", old), ("      ＋ ", new)] {
            self.page.paragraph(&[(Tone::Dim, begin)], (Tone::Plain, &text.replace('\n', " ")));
        }
    }
}

/// The entries for `links.toml`, each with what it is about.
fn suggestions(compared: &Compared, lang: Lang) -> String {
    let Compared { comparison, old, list, template, .. } = compared;
    let mut text = String::new();
    if !comparison.asked.is_empty() {
        text += &lang.pick((
            format!(
                "# ---- {LINKS} の末尾に貼り付けてください。同じ行でなければ、old の行を消してください\n\n"
            ),
            format!(
                "# ---- to be pasted at the end of {LINKS}; where two are not one, delete the line `old`\n\n"
            ),
        ));
    }
    for question in &comparison.asked {
        let (before, after) = (&old.list.rows[question.old], &list.rows[question.new]);
        let id = |row: &Record| row.id.map(|id| id.to_string()).unwrap_or_default();
        let name = |row: &Record| row.name().text.replace(['\n', '\r'], " ");
        let (percent, second) = (question.score / 10, question.second / 10);
        let document = toml::Value::String(template.id.clone());
        write!(
            text,
            "# {}\n# {}\n# {percent}％ ({second}％)\n[[links]]\ndocument = {document}\nold = [\"{}\"]\nnew = [\"{}\"]\n\n",
            name(before),
            name(after),
            id(before),
            id(after),
        )
        .expect(NEVER_FAILS);
    }
    text
}
