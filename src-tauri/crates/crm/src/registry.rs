//! The CRMs of this build: one line each.

use contracts::crm::Crm;

/// Every CRM, in the order of the connect page.
pub static CRMS: &[&dyn Crm] = &[&crate::amocrm::CRM, &crate::bitrix24::CRM];
