//! Third-party clients, unchanged, over TLS under the sandbox's own authority.

use crate::common::binary::Program;
use crate::common::python;

#[test]
fn b24pysdk_signs_in_connects_a_line_and_reads_the_queue() {
    python::run("bitrix24_pysdk.py", &Program::start(&["--port-base", "0"]));
}

#[test]
fn fast_bitrix24_fills_and_reads_cards_in_batches() {
    python::run("bitrix24_fast.py", &Program::start(&["--port-base", "0"]));
}
