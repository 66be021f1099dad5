//! Directories: stages of leads and deals, sources, pipelines.
//!
//! <https://apidocs.bitrix24.com/api-reference/crm/status/crm-status-list.html>

use super::Kind;
use crate::crm::Closing;
use serde_json::{Value, json};

/// Everything that is chosen from a list.
#[derive(Debug)]
pub(crate) struct Directory {
    pub(crate) statuses: Vec<Status>,
    pub(crate) categories: Vec<Category>,
}

/// One entry.
#[derive(Debug, Clone)]
pub(crate) struct Status {
    pub(crate) id: i64,
    /// `STATUS`, `DEAL_STAGE`, `DEAL_STAGE_1`, `SOURCE`.
    pub(crate) entity: String,
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) sort: i64,
    pub(crate) ends: Option<Closing>,
}

/// A pipeline of deals.
#[derive(Debug, Clone)]
pub(crate) struct Category {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) sort: i64,
}

type Row = (&'static str, &'static str, Option<Closing>);

static LEADS: &[Row] = &[
    ("NEW", "Не обработан", None),
    ("IN_PROCESS", "В работе", None),
    ("PROCESSED", "Обработан", None),
    ("CONVERTED", "Качественный лид", Some(Closing::Won)),
    ("JUNK", "Некачественный лид", Some(Closing::Lost)),
];

static DEALS: &[Row] = &[
    ("NEW", "Новая", None),
    ("PREPARATION", "Подготовка документов", None),
    ("PREPAYMENT_INVOICE", "Счёт на предоплату", None),
    ("EXECUTING", "В работе", None),
    ("FINAL_INVOICE", "Финальный счёт", None),
    ("WON", "Сделка успешна", Some(Closing::Won)),
    ("LOSE", "Сделка провалена", Some(Closing::Lost)),
    ("APOLOGY", "Анализ причины провала", Some(Closing::Lost)),
];

static SERVICE: &[Row] = &[
    ("NEW", "Заявка", None),
    ("EXECUTING", "Мастер назначен", None),
    ("WON", "Выполнено", Some(Closing::Won)),
    ("LOSE", "Отказ", Some(Closing::Lost)),
];

static SOURCES: &[Row] = &[
    ("CALL", "Звонок", None),
    ("EMAIL", "Электронная почта", None),
    ("WEB", "Веб-сайт", None),
    ("ADVERTISING", "Реклама", None),
    ("PARTNER", "Существующий клиент", None),
    ("RECOMMENDATION", "По рекомендации", None),
    ("OTHER", "Другое", None),
];

impl Default for Directory {
    fn default() -> Self {
        let mut directory = Self {
            statuses: Vec::new(),
            categories: vec![
                Category {
                    id: 0,
                    name: "Общая".to_owned(),
                    sort: 300,
                },
                Category {
                    id: 1,
                    name: "Сервис".to_owned(),
                    sort: 400,
                },
            ],
        };
        directory.add("STATUS", "", LEADS);
        directory.add("DEAL_STAGE", "", DEALS);
        directory.add("DEAL_STAGE_1", "C1:", SERVICE);
        directory.add("SOURCE", "", SOURCES);
        directory
    }
}

impl Directory {
    fn add(&mut self, entity: &str, prefix: &str, rows: &[Row]) {
        for ((code, name, ends), place) in rows.iter().zip(1..) {
            self.statuses.push(Status {
                id: 101 + 2 * i64::try_from(self.statuses.len()).unwrap_or(0),
                entity: entity.to_owned(),
                code: format!("{prefix}{code}"),
                name: (*name).to_owned(),
                sort: place * 10,
                ends: *ends,
            });
        }
    }

    /// Columns of leads, or of deals of a pipeline.
    pub(crate) fn stages(&self, kind: Kind, category: i64) -> Vec<&Status> {
        let entity = entity(kind, category);
        self.statuses.iter().filter(|status| status.entity == entity).collect()
    }

    /// A column by its code; the code of a deal's stage names its pipeline.
    pub(crate) fn stage(&self, kind: Kind, code: &str) -> Option<&Status> {
        let category = category_of(code);
        self.stages(kind, category)
            .into_iter()
            .find(|status| status.code == code)
    }
}

/// The directory of a kind's columns.
pub(crate) fn entity(kind: Kind, category: i64) -> String {
    match (kind, category) {
        (Kind::Lead, _) => "STATUS".to_owned(),
        (_, 0) => "DEAL_STAGE".to_owned(),
        (_, category) => format!("DEAL_STAGE_{category}"),
    }
}

/// `C1:NEW` stands in pipeline 1, `NEW` in the general one.
pub(crate) fn category_of(code: &str) -> i64 {
    let prefix = code.strip_prefix('C').and_then(|rest| rest.split_once(':'));
    prefix.and_then(|(number, _)| number.parse().ok()).unwrap_or(0)
}

impl Status {
    /// `P`, `S` or `F`: in progress, success, failure.
    pub(crate) fn semantics(&self) -> &'static str {
        match self.ends {
            None => "P",
            Some(Closing::Won) => "S",
            Some(Closing::Lost) => "F",
        }
    }

    pub(crate) fn shown(&self) -> Value {
        let (long, color) = match self.ends {
            None => ("process", "#39A8EF"),
            Some(Closing::Won) => ("success", "#7BD500"),
            Some(Closing::Lost) => ("failure", "#FF5752"),
        };
        let category = self.entity.strip_prefix("DEAL_STAGE_");
        let semantics = self.ends.map(|_| self.semantics());
        json!({
            "ID": self.id.to_string(), "ENTITY_ID": self.entity, "STATUS_ID": self.code, "NAME": self.name, "NAME_INIT": "",
            "SORT": self.sort.to_string(), "SYSTEM": "N", "CATEGORY_ID": category, "COLOR": color, "SEMANTICS": semantics,
            "EXTRA": {"SEMANTICS": long, "COLOR": color},
        })
    }
}
