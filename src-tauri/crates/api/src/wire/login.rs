use std::collections::BTreeMap;

use domain::{AccountId, LinkId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Begin a login.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct StartLogin {
    /// Which network.
    pub channel: String,
    /// Which way, one of the channel's `logins`.
    pub flow: String,
    /// Log an existing account in once more instead of adding one.
    #[ts(optional)]
    pub account_id: Option<AccountId>,
    /// A proxy to use.
    #[ts(optional)]
    pub proxy: Option<String>,
    /// Base addresses to use instead of the network's own.
    #[ts(optional)]
    pub endpoints: Option<BTreeMap<String, String>>,
}

/// Go on with a login.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct ContinueLogin {
    /// Which.
    pub login_id: String,
    /// What was entered, by field.
    pub inputs: BTreeMap<String, String>,
}

/// A login under way.
#[derive(Debug, Clone, Deserialize, TS)]
pub struct LoginRef {
    /// Which.
    pub login_id: String,
}

/// Where a login stands.
#[derive(Debug, Clone, Serialize, TS)]
pub struct LoginView {
    /// Its id.
    pub login_id: String,
    /// What to show.
    pub step: StepView,
}

/// What to show. Texts are keys of the channel's texts.
#[derive(Debug, Clone, Serialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StepView {
    /// A form.
    Input {
        /// Text above it.
        text: String,
        /// Values for the text.
        params: BTreeMap<String, String>,
        /// What to enter.
        fields: Vec<FieldView>,
    },
    /// A page to open.
    OpenUrl {
        /// Text above it.
        text: String,
        /// The page.
        url: String,
        /// What to enter afterwards.
        fields: Vec<FieldView>,
        /// Ask again with nothing entered after so many seconds: the page may have led back by itself.
        refresh_secs: Option<u32>,
    },
    /// Something to show to another device.
    Show {
        /// Text above it.
        text: String,
        /// What the QR code holds.
        qr: Option<String>,
        /// A code to type.
        code: Option<String>,
        /// Ask again after so many seconds.
        refresh_secs: u32,
    },
    /// Call again at once; the call waits.
    Wait {
        /// Text above it.
        text: String,
    },
    /// Connected.
    Done {
        /// The account, new or renewed.
        account_id: AccountId,
        /// Its name.
        name: String,
    },
    /// A CRM is connected.
    Linked {
        /// The link, new or renewed.
        link_id: LinkId,
        /// Its name.
        name: String,
    },
}

/// A field of a login form.
#[derive(Debug, Clone, Serialize, TS)]
pub struct FieldView {
    /// Its name; texts are `field.<key>` and `field.<key>.hint`.
    pub key: String,
    /// `text`, `secret`, `lines`, `choice` or `switch`.
    pub kind: String,
    /// Value and name of each choice.
    pub options: Vec<(String, String)>,
    /// What stands in it already.
    pub value: Option<String>,
    /// It may stay empty.
    pub optional: bool,
}
