//! Third-party clients, unchanged.

use crate::common::binary::Program;
use crate::common::python;

#[test]
fn python_telegram_bot_polls_sends_edits_and_downloads() {
    python::run("telegram_ptb.py", &Program::start(&["--port-base", "0"]));
}

#[test]
fn aiogram_polls_sends_edits_and_downloads() {
    python::run("telegram_aiogram.py", &Program::start(&["--port-base", "0"]));
}
