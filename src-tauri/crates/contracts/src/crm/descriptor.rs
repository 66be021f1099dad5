use domain::CrmId;
use serde::Serialize;

use super::{Endpoint, LoginFlow, Mark, Section, Texts};

/// A CRM's static side as data: the connect wizard, the settings form and the marks are drawn from it.
#[derive(Debug, Clone, Serialize)]
pub struct CrmDescriptor {
    /// The name of its folder.
    pub id: CrmId,
    /// How its mark looks.
    pub mark: Mark,
    /// The ways to log in, the usual one first.
    pub logins: &'static [LoginFlow],
    /// Base addresses that can be replaced (APP-9).
    pub endpoints: &'static [Endpoint],
    /// Its settings, section by section.
    pub settings: &'static [Section],
    /// What can be done with it at all, whatever the settings.
    pub abilities: CrmAbilities,
    /// Its texts. Keys: `name`, `note`, `help`, `login.<flow>…`, `field.<key>`, `reason.<…>`, `section.<key>`,
    /// `setting.<key>` (`.hint`, `.<option>` for fixed choices, `.none` for what holds while nothing is chosen),
    /// `endpoint.<key>`, `entity.<…>` where its people use other words than ours. A [`domain::Reason`] refers to them as
    /// `<id>.<key>`.
    #[serde(skip)]
    pub texts: Texts,
}

/// What can be done with a CRM.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct CrmAbilities {
    /// Managers' answers can be brought back, in some mode.
    pub replies: bool,
    /// Cards can be picked to write to first.
    pub write_first: bool,
    /// Cards can be shown beside a conversation.
    pub cards: bool,
}
