//! `kaitei score`: how machine-readable files are, rule by rule.

use super::args::{LogFormat, ScoreArgs};
use super::page::{Page, Tone, colour, fit, terminal_width, width};
use super::{Exit, report, worker};
use crate::batch;
use crate::emit::json::{ScoreView, to_bytes};
use crate::error::Error;
use crate::finding::Lang;
use crate::score::{Breach, Level, Points, Rule, Score, Verdict};
use anstream::AutoStream;

/// Cells of one fault that are named; the JSON form names all.
const NAMED: usize = 8;
/// Kinds of faults of one rule that are named.
const FAULTS: usize = 6;
/// Widest example of what a cell says.
const EXAMPLE: usize = 40;

pub(super) fn run(args: &ScoreArgs, lang: Lang) -> Result<Exit, Error> {
    let scores = batch::score(&args.files, Some(&worker::workers()))?;
    let rules: Vec<Rule> =
        Rule::ALL.into_iter().filter(|r| args.rule.is_empty() || args.rule.contains(r)).collect();
    let output = match args.format {
        LogFormat::Json => {
            to_bytes(&scores.iter().map(|s| ScoreView::of(s, &rules, lang)).collect::<Vec<_>>())
        }
        LogFormat::Text => {
            let mut sheet = Sheet { page: Page::new(terminal_width()), lang };
            for rule in &args.rule {
                sheet.explain(*rule);
            }
            for score in &scores {
                sheet.score(score, &rules);
            }
            sheet.page.into_text().into_bytes()
        }
    };
    report::write_out(&mut AutoStream::new(std::io::stdout(), colour(args.color)), &output)?;
    let least = usize::from(args.min.unwrap_or(0));
    let is_short = scores.iter().any(|score| score.points().percent() < least);
    Ok(if is_short { Exit::Data } else { Exit::Done })
}

struct Sheet {
    page: Page,
    lang: Lang,
}

impl Sheet {
    /// A rule: what it asks, how it is judged, what to do.
    fn explain(&mut self, rule: Rule) {
        let words = rule.words();
        let name = format!("{}  {}", rule.id(), self.lang.pick(words.name));
        self.page.line(&[(Tone::Title, &name)]);
        for (label, text) in [(("判定  ", "judged  "), words.judged), (("対処  ", "remedy  "), words.remedy)]
        {
            let begin = [(Tone::Plain, "  "), (Tone::Dim, self.lang.pick(label))];
            self.page.paragraph(&begin, (Tone::Plain, self.lang.pick(text)));
        }
        self.page.line(&[]);
    }

    fn score(&mut self, score: &Score, rules: &[Rule]) {
        let all = score.points();
        let levels = Level::ALL.map(|level| format!("{} {}", level.id(), fraction(score.points_of(level))));
        let sum = self.lang.pick((
            format!("{}点（{}）", all.percent(), fraction(all)),
            format!("{} points ({})", all.percent(), fraction(all)),
        ));
        self.page.line(&[(Tone::Title, &score.file)]);
        self.page.line(&[
            (Tone::Plain, "  "),
            (Tone::Title, &sum),
            (Tone::Dim, &format!("  {}", levels.join("  "))),
        ]);
        let asked = || score.verdicts.iter().filter(|(rule, _)| rules.contains(rule));
        let widest = asked().map(|(rule, _)| width(self.lang.pick(rule.words().name))).max().unwrap_or(0);
        for (rule, verdict) in asked() {
            self.verdict(*rule, verdict, widest);
        }
        self.page.line(&[]);
    }

    fn verdict(&mut self, rule: Rule, verdict: &Verdict, widest: usize) {
        let (tone, word) = match verdict {
            Verdict::Pass => (Tone::Good, ("○ 合格", "pass")),
            Verdict::Fail(_) => (Tone::Error, ("× 不合格", "FAIL")),
            Verdict::NotApplicable(_) => (Tone::Dim, ("－ 対象外", "-")),
            Verdict::CannotTell(_) => (Tone::Warning, ("？ 不明", "unknown")),
        };
        let words = rule.words();
        let why = match verdict {
            Verdict::NotApplicable(why) | Verdict::CannotTell(why) => why.text(self.lang),
            Verdict::Pass => "",
            Verdict::Fail(findings) => &self.count(findings),
        };
        let word = fit(self.lang.pick(word), 10);
        let name = fit(self.lang.pick(words.name), widest + 2);
        let id = format!("  {}  ", rule.id());
        self.page.paragraph(&[(Tone::Dim, &id), (tone, &word), (Tone::Plain, &name)], (Tone::Dim, why));
        let findings = verdict.findings();
        findings.iter().take(FAULTS).for_each(|finding| self.finding(finding));
        if findings.len() > FAULTS {
            let rest = findings.len() - FAULTS;
            let more = self.lang.pick((format!("ほか{rest}種類"), format!("and {rest} other kinds")));
            self.page.line(&[(Tone::Plain, "         "), (Tone::Dim, &more)]);
        }
        if !findings.is_empty() {
            self.page.paragraph(&[(Tone::Dim, "         → ")], (Tone::Dim, self.lang.pick(words.remedy)));
        }
    }

    fn count(&self, findings: &[Breach]) -> String {
        let count: usize = findings.iter().map(|finding| finding.cells.len().max(1)).sum();
        self.lang.pick((
            format!("{count}か所"),
            if count == 1 { "1 place".to_owned() } else { format!("{count} places") },
        ))
    }

    fn finding(&mut self, finding: &Breach) {
        let sheet = finding.place.sheet.as_ref().map(|sheet| format!(" [{sheet}]")).unwrap_or_default();
        let cells: Vec<String> = finding.cells.iter().take(NAMED).map(ToString::to_string).collect();
        let rest = finding.cells.len().saturating_sub(NAMED);
        let more = match rest {
            0 => String::new(),
            _ => self.lang.pick((format!(" ほか{rest}か所"), format!(" and {rest} more"))),
        };
        let example = finding.example.as_deref().map(str::trim).filter(|example| !example.is_empty());
        let example = example.map(|example| {
            let example = fit(example, EXAMPLE.min(width(example))).trim_end().to_owned();
            self.lang.pick((format!("「{example}」"), format!(" `{example}`")))
        });
        let text = format!(
            "{}{sheet} {}{more}{}",
            finding.fault.text(self.lang),
            cells.join(", "),
            example.unwrap_or_default()
        );
        self.page.paragraph(&[(Tone::Plain, "         ")], (Tone::Plain, &text));
    }
}

fn fraction(points: Points) -> String {
    format!("{}/{}", points.passed, points.of)
}
