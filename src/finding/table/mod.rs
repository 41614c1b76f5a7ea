//! The table of everything that can be wrong with data: one entry a rule, in the order of the stages.
//!
//! An entry says, in this order: the name in code, the name in data, the severity and whether a template may set
//! another; the parameters, each with its type; what the rule is about (for the manual); the fact that a finding
//! states; what the department that sent the file can do (or `[none]`); what the planning section, which runs the
//! program, can do (or `[same]`); and where a machine could put the cell right, from what to what.
//!
//! ```text
//! /// A doc comment.
//! ChoiceUnknown("choice-unknown", Error fixed) {
//!     /// A doc comment.
//!     text: Quoted,
//! }
//! meaning: ["取扱いが区分にない", "The disposition is not in the vocabulary"],
//! message: ["「{text}」は、…", "`{text}` is …"],
//! department: [none],
//! planning: [by size { Size::File => ["…", "…"], _ => ["…", "…"] }],
//! fix: text => nearest,
//! ```
//!
//! Words are a Japanese and an English sentence without a full stop at the end. They capture the parameters by their
//! names, so that the compiler knows a slip; each parameter is told in the sentence's language. Where one rule has
//! several situations, `by` chooses the words by a parameter. What keeps a list from being right may not be waved
//! through (`fixed`).

use super::parameter::{
    Characters, Choices, Column, Detail, Differences, Elsewhere, In, Listed, More, NamedYear, Numbers,
    Places, Quoted, Readings, StatedYear,
};
use super::{Fix, Lang, Reader, Severity};
use crate::model::{StatedBy, Unseen};
use serde::{Deserialize, Serialize};

#[macro_use]
mod files;
#[macro_use]
mod limits;
#[macro_use]
mod decisions;
#[macro_use]
mod sheets;
#[macro_use]
mod over;
#[macro_use]
mod columns;
#[macro_use]
mod values;
#[macro_use]
mod contents;
#[macro_use]
mod stated;
#[macro_use]
mod dispositions;
#[macro_use]
mod derived;
#[macro_use]
mod list;
#[macro_use]
mod editions;
#[macro_use]
mod publishing;

pub use columns::{Absence, Unread};
pub use contents::Wanted;
pub use decisions::Unfit;
pub use derived::Obstacle;
pub use dispositions::Chosen;
pub use files::{Content, Damage, Flaw, Lack, NoTable};
pub use limits::{Excess, Size};
pub use list::Broken;
pub use over::Object;
pub use publishing::Reach;
pub use sheets::{Hidden, Nearest, Outside};
pub use stated::Mixture;
pub use values::Why;

/// The sentences of a rule in Japanese and English, one for each of its situations, with the names of their parameters
/// in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentences {
    /// The fact.
    pub message: Vec<(&'static str, &'static str)>,
    /// What the department can do.
    pub department: Vec<(&'static str, &'static str)>,
    /// What the planning section can do.
    pub planning: Vec<(&'static str, &'static str)>,
}

/// The words of an entry in a language: one of two sentences, the words that a parameter chooses, or none.
macro_rules! words {
    ($lang:ident [none]) => { None };
    ($lang:ident [$ja:literal, $en:literal]) => {
        Some(match $lang {
            Lang::Ja => format!($ja),
            Lang::En => format!($en),
        })
    };
    ($lang:ident [by $field:ident { $($pattern:pat => $words:tt),+ $(,)? }]) => {
        match $field.0 {
            $($pattern => words!($lang $words),)+
        }
    };
}

/// What the planning section can do: its own words, or those of the department.
macro_rules! planning {
    (words $lang:ident [same] $department:tt) => { words!($lang $department) };
    (words $lang:ident $planning:tt $department:tt) => { words!($lang $planning) };
    (sentences [same] $department:tt) => { sentences!($department) };
    (sentences $planning:tt $department:tt) => { sentences!($planning) };
}

/// All sentences of an entry's words.
macro_rules! sentences {
    ([none]) => { Vec::new() };
    ([$ja:literal, $en:literal]) => { vec![($ja, $en)] };
    ([by $field:ident { $($pattern:pat => $words:tt),+ $(,)? }]) => {
        [$(sentences!($words)),+].concat()
    };
}

macro_rules! is_adjustable {
    (adjustable) => {
        true
    };
    (fixed) => {
        false
    };
}

/// Makes the types of the entries.
macro_rules! define {
    ([$(
        $(#[$doc:meta])+
        $Name:ident($id:literal, $severity:ident $adjustable:ident) {
            $($(#[$about:meta])+ $field:ident: $type:ty,)*
        }
        meaning: [$ja:literal, $en:literal],
        message: $message:tt,
        department: $department:tt,
        planning: $planning:tt,
        $(fix: $from:ident => $to:ident,)?
    )+]) => {
        /// Which rule a finding comes from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[non_exhaustive]
        pub enum Code {
            $($(#[$doc])+ #[serde(rename = $id)] $Name,)+
        }

        /// What is wrong, as data: the rule and what it is about.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "code", content = "params")]
        #[non_exhaustive]
        pub enum Problem {
            $($(#[$doc])+ #[serde(rename = $id)] $Name {
                $($(#[$about])+ $field: $type,)*
            },)+
        }

        impl Code {
            /// Every code, in the order of the stages.
            pub const ALL: &[Self] = &[$(Self::$Name,)+];

            /// The stable name that templates, JSON output and the manual use.
            pub fn id(self) -> &'static str {
                match self {
                    $(Self::$Name => $id,)+
                }
            }

            /// The code with this name.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|code| code.id() == id)
            }

            /// The severity unless the template sets another.
            pub fn severity(self) -> Severity {
                match self {
                    $(Self::$Name => Severity::$severity,)+
                }
            }

            /// Whether a template may set another severity.
            pub fn is_adjustable(self) -> bool {
                match self {
                    $(Self::$Name => is_adjustable!($adjustable),)+
                }
            }

            /// The sentences that it has, for the manual.
            pub fn sentences(self) -> Sentences {
                match self {
                    $(Self::$Name => Sentences {
                        message: sentences!($message),
                        department: sentences!($department),
                        planning: planning!(sentences $planning $department),
                    },)+
                }
            }

            /// What the code means in a few words, in Japanese and English.
            pub fn meaning(self) -> (&'static str, &'static str) {
                match self {
                    $(Self::$Name => ($ja, $en),)+
                }
            }
        }

        impl Problem {
            /// Which rule it breaks.
            pub fn code(&self) -> Code {
                match self {
                    $(Self::$Name { .. } => Code::$Name,)+
                }
            }

            /// The fact, in one language.
            pub(super) fn message(&self, lang: Lang) -> Option<String> {
                match self {
                    $(Self::$Name { $($field),* } => {
                        $(let $field = In($field, lang); let _ = &$field;)*
                        words!(lang $message)
                    })+
                }
            }

            /// What a reader can do, in one language.
            pub(super) fn remedy(&self, reader: Reader, lang: Lang) -> Option<String> {
                match self {
                    $(Self::$Name { $($field),* } => {
                        $(let $field = In($field, lang); let _ = &$field;)*
                        match reader {
                            Reader::Department => words!(lang $department),
                            Reader::Planning => planning!(words lang $planning $department),
                        }
                    })+
                }
            }

            /// What the cell should say instead, if that is known.
            pub(super) fn fix(&self) -> Option<Fix> {
                match self {
                    $($(Self::$Name { $from, $to, .. } => Fix::new($from, $to.as_ref()?),)?)+
                    _ => None,
                }
            }
        }
    };
}

files! { limits decisions sheets over columns values contents stated dispositions derived list editions publishing define [] }
