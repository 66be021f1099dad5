//! The CRMs of this build: one line each.

use crate::Descriptor;

/// Every CRM, in the order of the connect page.
pub static CRMS: &[&Descriptor] = &[];
