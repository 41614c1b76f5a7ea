//! Kaitei (改訂) regenerates the revised KPI lists of Japan's local governments.

pub mod diagnostic;
pub mod emit;
pub mod error;
pub mod font;
pub mod ingest;
pub mod layout;
pub mod model;
pub mod template;
pub mod transform;
