//! The parts of the page, one a file: functions from what is known to elements. Their styles are in `style/`.

mod ask_somebody;
mod blocks;
mod code;
mod contradiction;
mod copy;
mod elsewhere;
mod env_box;
mod evidence;
mod exercise;
mod extensions_block;
mod gates;
mod glossary;
mod grade;
mod guard_check;
mod guard_examples;
mod guard_table;
mod handover;
mod names;
mod outcome;
mod paste_box;
mod plan;
mod question;
mod read_note;
mod result;
mod risk;
mod run_file;
mod runbook_article;
mod safe_form;
mod sample;
mod server_answer;
mod set_aside;
mod sql_block;
mod sql_tabs;
mod sql_text;
mod step;
mod table;
mod team_user;
mod trail;
mod training;
mod triggers;
mod values_form;
mod ways_out;

#[cfg(not(target_arch = "wasm32"))]
pub(in crate::ui) use blocks::{blocks, folded, inlines};
pub(in crate::ui) use env_box::env_box;
pub use glossary::glossary_list;
#[cfg(not(target_arch = "wasm32"))]
pub(crate) use guard_examples::MODULE as GUARD_MODULE;
pub(in crate::ui) use guard_examples::{guard_examples, guard_module};
pub(in crate::ui) use guard_table::{Stand, guard_fields, guard_table};
pub(in crate::ui) use names::names_form;
#[cfg(target_arch = "wasm32")]
pub(in crate::ui) use paste_box::BOX;
pub use paste_box::paste_box;
pub use result::result;
#[cfg(not(target_arch = "wasm32"))]
pub(in crate::ui) use risk::risk;
pub use runbook_article::runbook_article;
pub(in crate::ui) use sql_tabs::sql_tabs;
pub(in crate::ui) use table::{table, table_row};
pub use training::training_parts;
