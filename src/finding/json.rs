//! The one shape that findings have as data: in the output of commands, in manifests, reports and logs.
//!
//! ```json
//! {"code": "…", "params": {…}, "severity": "warning", "more": null,
//!  "subject": {"number": "17", "indicator": "…"}, "origin": {"file": "…", "sheet": "…", "cell": "K9"},
//!  "message": {"ja": "…", "en": "…"}, "remedy": {"department": {"ja": "…", "en": "…"}, "planning": {…}}}
//! ```
//!
//! Both languages are there, so that no file depends on who ran the program. Words are written and never read: a finding
//! that is read back says itself again.

use super::{Finding, Lang, Message, Problem, Reader, Severity, Subject, message};
use crate::model::Origin;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[derive(Serialize)]
struct View<'f> {
    #[serde(flatten)]
    problem: &'f Problem,
    severity: Severity,
    more: Option<usize>,
    subject: Option<&'f Subject>,
    origin: &'f Origin,
    message: Message,
    remedy: Remedies,
    #[serde(skip_serializing_if = "Option::is_none")]
    accepted: Option<&'f str>,
}

#[derive(Serialize)]
struct Remedies {
    department: Option<Message>,
    planning: Option<Message>,
}

#[derive(Deserialize)]
struct Stored {
    #[serde(flatten)]
    problem: Problem,
    severity: Severity,
    more: Option<usize>,
    subject: Option<Subject>,
    origin: Origin,
    #[serde(default)]
    accepted: Option<String>,
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self { problem, severity, origin, subject, more, accepted } = self;
        let remedy = |reader| {
            let [ja, en] = [Lang::Ja, Lang::En].map(|lang| self.remedy(reader, lang));
            ja.zip(en).map(|(ja, en)| message(ja, en))
        };
        let view = View {
            problem,
            severity: *severity,
            more: *more,
            subject: subject.as_ref(),
            origin,
            message: self.said(),
            remedy: Remedies { department: remedy(Reader::Department), planning: remedy(Reader::Planning) },
            accepted: accepted.as_deref(),
        };
        view.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Finding {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Stored { problem, severity, more, subject, origin, accepted } =
            Stored::deserialize(deserializer)?;
        Ok(Self { problem, severity, origin, subject, more, accepted })
    }
}
