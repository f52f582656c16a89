//! The words of a record and a card.

use crate::engine::fact::FactKey;

pub(super) const RECORD: &str = "Recovery record";
pub(super) const MADE: &str = "Written";
pub(super) const TIMES: &str = "Times are those of the device it was written on.";
pub(super) const HAPPENED: &str = "What happened";
pub(super) const KNOWN: &str = "What is known";
pub(super) const ANSWERS: &str = "What was answered";
pub(super) const ASSUMED: &str = "Taken as given: ";
pub(super) const PLAN: &str = "What to do";
pub(super) const TIMELINE: &str = "What was done, and when";
pub(super) const READ: &str = "Read:";
pub(super) const RECOVERED: &str = "The next deploy works, after:";
pub(super) const TICKED: &str = "Done:";
pub(super) const COPIED: &str = "Copied or saved the SQL of:";
pub(super) const SQL: &str = "The SQL that was copied or saved";
pub(super) const SQL_NOT_KEPT: &str = "Copied or saved before the page was loaded again; its text was not kept.";
pub(super) const SQL_OF_PAGE: &str = "SQL that stands on the page";
pub(super) const SERVER: &str = "What the server answered";
pub(super) const CONTENT: &str = "Written by version";
pub(super) const FREE: &str = " (free plan)";
pub(super) const PAID: &str = " (paid plan)";

pub(super) const CARD: &str = "Handing over";
pub(super) const WHERE: &str = "Where we are";
pub(super) const ASKED: &str = "Open question:";
pub(super) const DONE: &str = "steps done";
pub(super) const LAST: &str = "the last one:";
pub(super) const NEXT: &str = "Next step";
pub(super) const NEXT_LOG: &str = "Paste the next deploy's log.";
pub(super) const NEXT_ANSWER: &str = "Answer that question.";
pub(super) const WATCH: &str = "Watch the log, and prevent it from happening again.";
pub(super) const MUST_NOT: &str = "What must not be done";
pub(super) const DELETE_NOTHING: &str = "Delete nothing: no DROP, no reset script.";
pub(super) const NOTHING_ELSE: &str = "Delete nothing beyond this plan.";
pub(super) const NOT_BEFORE: &str = "Run no SQL that deletes data before this is so:";
pub(super) const NOT_TWICE: &str = "Do not run SQL that deletes data a second time: look at the tables first.";

/// What a fact is called; `None` of what only steers the questions.
pub(super) fn fact(key: FactKey) -> Option<&'static str> {
    match key {
        FactKey::Relation => Some("Name in the message"),
        FactKey::Schema => Some("Its schema"),
        FactKey::Revision => Some("Migration"),
        FactKey::FromRevision => Some("Migration before it"),
        FactKey::DbUser => Some("Database user"),
        FactKey::Database => Some("Database"),
        FactKey::StartCommand => Some("Start command"),
        FactKey::BuildCommand => Some("Build command"),
        FactKey::Driver => Some("Driver"),
        FactKey::Tool => Some("Migrations by"),
        FactKey::Dbms => Some("Database system"),
        FactKey::Platform => Some("Platform"),
        FactKey::ServerVersion => Some("Version of the server"),
        FactKey::Extension => Some("Extension"),
        FactKey::Constraint => Some("Constraint"),
        FactKey::HostKind
        | FactKey::Object
        | FactKey::Situation
        | FactKey::Signature
        | FactKey::Wipe
        | FactKey::ResetScript
        | FactKey::ToolSeen
        | FactKey::SetAside
        | FactKey::PublicSchema
        | FactKey::Column
        | FactKey::OldOwner
        | FactKey::Route
        | FactKey::Recorded
        | FactKey::RevisionFile
        | FactKey::OtherSchema
        | FactKey::History
        | FactKey::MigrationCommand
        | FactKey::WouldDrop
        | FactKey::PublicTables
        | FactKey::VersionRows
        | FactKey::PublicRows
        | FactKey::Version
        | FactKey::Contents
        | FactKey::Compared
        | FactKey::GoneTables
        | FactKey::Blocked
        | FactKey::CompleteRevision => None,
    }
}
