//! Third-party clients, unchanged.

use crate::common::binary::Program;
use crate::common::python;

#[test]
fn aioamocrm_signs_in_renews_and_works_with_cards() {
    python::run("amocrm_aio.py", &Program::start(&["--port-base", "0"]));
}

#[test]
fn amocrm_api_works_over_tls_under_the_vendors_own_name() {
    // It does not pace itself.
    python::run(
        "amocrm_api_tls.py",
        &Program::start(&["--port-base", "0", "--no-limits"]),
    );
}
