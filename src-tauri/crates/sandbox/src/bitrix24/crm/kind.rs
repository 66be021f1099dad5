//! Kinds of cards and the fields that each has.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/leads/crm-lead-fields.html> and its neighbours.

use crate::crm::CardKind;

/// A kind of card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Kind {
    Lead,
    Deal,
    Contact,
    Company,
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Type {
    Integer,
    Text,
    Double,
    Char,
    Date,
    DateTime,
    User,
    Status(&'static str),
    Link(Kind),
}

/// A field that every card of a kind has.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) kind: Type,
    /// Only the portal fills it.
    pub(crate) locked: bool,
    /// What stands in a new card.
    pub(crate) usual: Option<&'static str>,
}

const fn of(name: &'static str, kind: Type) -> Field {
    Field {
        name,
        kind,
        locked: false,
        usual: None,
    }
}

const fn set(name: &'static str, kind: Type, usual: &'static str) -> Field {
    Field {
        name,
        kind,
        locked: false,
        usual: Some(usual),
    }
}

const fn own(name: &'static str, kind: Type) -> Field {
    Field {
        name,
        kind,
        locked: true,
        usual: None,
    }
}

use Type::{Char, Date, DateTime, Double, Integer, Link, Status, Text, User};

/// On every kind.
static COMMON: &[Field] = &[
    own("ID", Integer),
    of("ASSIGNED_BY_ID", User),
    own("CREATED_BY_ID", User),
    own("MODIFY_BY_ID", User),
    own("DATE_CREATE", DateTime),
    own("DATE_MODIFY", DateTime),
    set("OPENED", Char, "Y"),
    of("COMMENTS", Text),
    of("ORIGINATOR_ID", Text),
    of("ORIGIN_ID", Text),
    own("LAST_ACTIVITY_BY", User),
    own("LAST_ACTIVITY_TIME", DateTime),
    of("ADDRESS", Text),
    of("ADDRESS_CITY", Text),
    of("UTM_SOURCE", Text),
    of("UTM_MEDIUM", Text),
    of("UTM_CAMPAIGN", Text),
    of("UTM_CONTENT", Text),
    of("UTM_TERM", Text),
];

static LEAD: &[Field] = &[
    of("TITLE", Text),
    of("HONORIFIC", Status("HONORIFIC")),
    of("NAME", Text),
    of("SECOND_NAME", Text),
    of("LAST_NAME", Text),
    of("COMPANY_TITLE", Text),
    of("COMPANY_ID", Link(Kind::Company)),
    of("CONTACT_ID", Link(Kind::Contact)),
    own("IS_RETURN_CUSTOMER", Char),
    of("BIRTHDATE", Date),
    of("SOURCE_ID", Status("SOURCE")),
    of("SOURCE_DESCRIPTION", Text),
    set("STATUS_ID", Status("STATUS"), "NEW"),
    of("STATUS_DESCRIPTION", Text),
    own("STATUS_SEMANTIC_ID", Text),
    of("POST", Text),
    set("CURRENCY_ID", Text, "RUB"),
    set("OPPORTUNITY", Double, "0.00"),
    set("IS_MANUAL_OPPORTUNITY", Char, "N"),
    own("HAS_PHONE", Char),
    own("HAS_EMAIL", Char),
    own("HAS_IMOL", Char),
    own("DATE_CLOSED", DateTime),
    own("MOVED_BY_ID", User),
    own("MOVED_TIME", DateTime),
];

static DEAL: &[Field] = &[
    of("TITLE", Text),
    set("TYPE_ID", Status("DEAL_TYPE"), "SALE"),
    set("CATEGORY_ID", Integer, "0"),
    of("STAGE_ID", Status("DEAL_STAGE")),
    own("STAGE_SEMANTIC_ID", Text),
    own("IS_NEW", Char),
    of("PROBABILITY", Integer),
    set("CURRENCY_ID", Text, "RUB"),
    set("OPPORTUNITY", Double, "0.00"),
    set("IS_MANUAL_OPPORTUNITY", Char, "N"),
    of("LEAD_ID", Link(Kind::Lead)),
    of("COMPANY_ID", Link(Kind::Company)),
    of("CONTACT_ID", Link(Kind::Contact)),
    of("BEGINDATE", Date),
    of("CLOSEDATE", Date),
    own("CLOSED", Char),
    of("ADDITIONAL_INFO", Text),
    own("IS_RETURN_CUSTOMER", Char),
    of("SOURCE_ID", Status("SOURCE")),
    of("SOURCE_DESCRIPTION", Text),
    own("MOVED_BY_ID", User),
    own("MOVED_TIME", DateTime),
];

static CONTACT: &[Field] = &[
    of("HONORIFIC", Status("HONORIFIC")),
    of("NAME", Text),
    of("SECOND_NAME", Text),
    of("LAST_NAME", Text),
    of("BIRTHDATE", Date),
    of("POST", Text),
    set("TYPE_ID", Status("CONTACT_TYPE"), "CLIENT"),
    of("SOURCE_ID", Status("SOURCE")),
    of("SOURCE_DESCRIPTION", Text),
    of("LEAD_ID", Link(Kind::Lead)),
    of("COMPANY_ID", Link(Kind::Company)),
    set("EXPORT", Char, "Y"),
    own("HAS_PHONE", Char),
    own("HAS_EMAIL", Char),
    own("HAS_IMOL", Char),
];

static COMPANY: &[Field] = &[
    of("TITLE", Text),
    set("COMPANY_TYPE", Status("COMPANY_TYPE"), "CUSTOMER"),
    of("INDUSTRY", Status("INDUSTRY")),
    of("EMPLOYEES", Status("EMPLOYEES")),
    of("LEAD_ID", Link(Kind::Lead)),
    set("CURRENCY_ID", Text, "RUB"),
    set("REVENUE", Double, "0.00"),
    own("HAS_PHONE", Char),
    own("HAS_EMAIL", Char),
    own("HAS_IMOL", Char),
];

/// Fields with several values of a type each: phones, addresses, messengers.
pub(crate) const MULTI: [&str; 5] = ["PHONE", "EMAIL", "WEB", "IM", "LINK"];

impl Kind {
    pub(crate) const ALL: [Self; 4] = [Self::Lead, Self::Deal, Self::Contact, Self::Company];

    /// `entityTypeId`. <https://apidocs.bitrix24.com/api-reference/crm/data-types.html>
    pub(crate) fn number(self) -> i64 {
        match self {
            Self::Lead => 1,
            Self::Deal => 2,
            Self::Contact => 3,
            Self::Company => 4,
        }
    }

    pub(crate) fn numbered(number: i64) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.number() == number)
    }

    /// `LEAD`
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Lead => "LEAD",
            Self::Deal => "DEAL",
            Self::Contact => "CONTACT",
            Self::Company => "COMPANY",
        }
    }

    pub(crate) fn called(word: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|kind| kind.word().eq_ignore_ascii_case(word))
    }

    /// Fields, the common ones first.
    pub(crate) fn fields(self) -> impl Iterator<Item = &'static Field> {
        let own = match self {
            Self::Lead => LEAD,
            Self::Deal => DEAL,
            Self::Contact => CONTACT,
            Self::Company => COMPANY,
        };
        COMMON.iter().chain(own)
    }

    pub(crate) fn field(self, name: &str) -> Option<&'static Field> {
        self.fields().find(|field| field.name == name)
    }

    /// Has phones and the like. Deals have those of their contacts.
    pub(crate) fn has_multi(self) -> bool {
        self != Self::Deal
    }

    /// The field that names the column.
    pub(crate) fn stage_field(self) -> Option<&'static str> {
        match self {
            Self::Lead => Some("STATUS_ID"),
            Self::Deal => Some("STAGE_ID"),
            _ => None,
        }
    }

    pub(crate) fn card_kind(self) -> CardKind {
        match self {
            Self::Lead => CardKind::Lead,
            Self::Deal => CardKind::Deal,
            Self::Contact => CardKind::Contact,
            Self::Company => CardKind::Company,
        }
    }

    pub(crate) fn from_card(kind: CardKind) -> Self {
        match kind {
            CardKind::Lead => Self::Lead,
            CardKind::Deal => Self::Deal,
            CardKind::Contact => Self::Contact,
            CardKind::Company => Self::Company,
        }
    }
}

impl Type {
    /// The vendor's word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Integer => "integer",
            Text => "string",
            Double => "double",
            Char => "char",
            Date => "date",
            DateTime => "datetime",
            User => "user",
            Status(_) => "crm_status",
            Link(Kind::Company) => "crm_company",
            Link(Kind::Contact) => "crm_contact",
            Link(Kind::Lead) => "crm_lead",
            Link(Kind::Deal) => "crm_deal",
        }
    }
}
