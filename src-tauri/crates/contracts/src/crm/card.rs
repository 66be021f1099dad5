//! What a CRM knows about a client, and cards to write to first.

use domain::CrmRef;

/// What the CRM knows about a conversation (INB-7).
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// The person there.
    pub contact: Option<CardContact>,
    /// Leads and deals, the one in which this conversation goes on first.
    pub leads: Vec<CardLead>,
}

/// A person in a CRM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardContact {
    /// Which.
    pub reference: CrmRef,
    /// As the CRM calls it.
    pub name: String,
    /// The page that shows it.
    pub page: Option<String>,
    /// Its firm.
    pub company: Option<String>,
}

/// A lead or a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CardLead {
    /// Which.
    pub reference: CrmRef,
    /// As the CRM calls it.
    pub title: String,
    /// The pipeline and the stage in it, as the CRM calls them.
    pub stage: Option<String>,
    /// `#rrggbb` of the stage.
    pub colour: Option<String>,
    /// Who is responsible, with e-mail where known.
    pub responsible: Option<String>,
    /// E-mail of the responsible.
    pub responsible_email: Option<String>,
    /// Budget, as the CRM prints it, currency included.
    pub budget: Option<String>,
    /// Nothing more happens in it.
    pub closed: bool,
    /// The page that shows it.
    pub page: Option<String>,
}

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pick {
    /// Where.
    pub kind: PickKind,
    /// Part of a name, a number, a title; empty: the latest.
    pub text: String,
    /// [`Picks::next`] of the page before.
    pub cursor: Option<String>,
}

/// Where to look for cards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PickKind {
    /// Contacts.
    Contacts,
    /// Leads (and deals, where the CRM tells them apart by stage only).
    Leads,
    /// Deals.
    Deals,
    /// Firms.
    Companies,
}

/// A page of cards.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Picks {
    /// Found, the latest first.
    pub found: Vec<Picked>,
    /// For the next page; `None`: there is none.
    pub next: Option<String>,
}

/// A card that can be written to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picked {
    /// Which.
    pub reference: CrmRef,
    /// As the CRM calls it.
    pub title: String,
    /// What stands under it: stage, firm.
    pub note: Option<String>,
    /// The people behind it: `+` and digits where it is a number, else as written.
    pub phones: Vec<String>,
    /// Links and `@names` in its identity fields.
    pub links: Vec<String>,
    /// The page that shows it.
    pub page: Option<String>,
}
