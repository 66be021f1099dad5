//! The portal as such: its staff, its plan, what an administrator switched off.

use serde_json::{Value, json};

/// One portal.
#[derive(Debug)]
pub(crate) struct Portal {
    /// Does not change when the address does.
    pub(crate) member_id: String,
    pub(crate) staff: Vec<Employee>,
    /// Self-hosted: no limits of requests, and no cloud plan.
    pub(crate) boxed: bool,
    /// REST is part of the plan.
    pub(crate) rest: bool,
    /// Reserving offline events instead of taking them (`rest_offline_extended`).
    pub(crate) reserving: bool,
    /// Several sources in the queue of offline events (`rest_auth_connector`).
    pub(crate) sources: bool,
    /// The push server is there.
    pub(crate) push: bool,
    /// Support blocked REST of this portal.
    pub(crate) overloaded: bool,
    /// Notifications of employees, in order.
    pub(crate) notified: Vec<(i64, String)>,
}

impl Default for Portal {
    fn default() -> Self {
        Self {
            member_id: String::new(),
            staff: Vec::new(),
            boxed: false,
            rest: true,
            reserving: true,
            sources: true,
            push: true,
            overloaded: false,
            notified: Vec::new(),
        }
    }
}

/// Somebody who works there.
#[derive(Debug, Clone)]
pub(crate) struct Employee {
    pub(crate) id: i64,
    pub(crate) name: String,
    pub(crate) last_name: String,
    pub(crate) email: String,
    pub(crate) position: String,
    pub(crate) female: bool,
    pub(crate) admin: bool,
}

impl Employee {
    pub(crate) fn full_name(&self) -> String {
        format!("{} {}", self.name, self.last_name)
    }

    fn gender(&self) -> &'static str {
        if self.female { "F" } else { "M" }
    }

    /// `profile`: <https://apidocs.bitrix24.com/api-reference/common/users/profile.html>
    pub(crate) fn profile(&self) -> Value {
        json!({
            "ID": self.id.to_string(), "ADMIN": self.admin, "NAME": self.name, "LAST_NAME": self.last_name,
            "PERSONAL_GENDER": self.gender(), "TIME_ZONE": "Europe/Moscow",
        })
    }

    /// `user.get`: <https://apidocs.bitrix24.com/api-reference/user/user-get.html>
    pub(crate) fn card(&self) -> Value {
        json!({
            "ID": self.id.to_string(), "XML_ID": "", "ACTIVE": true, "NAME": self.name, "LAST_NAME": self.last_name,
            "SECOND_NAME": "", "EMAIL": self.email, "DATE_REGISTER": "2024-02-12T00:00:00+03:00",
            "IS_ONLINE": "Y", "TIME_ZONE": "Europe/Moscow", "TIMESTAMP_X": {}, "LAST_ACTIVITY_DATE": {},
            "PERSONAL_GENDER": self.gender(), "PERSONAL_WWW": "", "PERSONAL_BIRTHDAY": "", "PERSONAL_MOBILE": "",
            "PERSONAL_CITY": "", "WORK_PHONE": "", "WORK_POSITION": self.position, "UF_EMPLOYMENT_DATE": "",
            "UF_DEPARTMENT": [1], "USER_TYPE": "employee",
        })
    }
}

impl Portal {
    pub(crate) fn employee(&self, id: i64) -> Option<&Employee> {
        self.staff.iter().find(|one| one.id == id)
    }

    pub(crate) fn is_admin(&self, id: i64) -> bool {
        self.employee(id).is_some_and(|one| one.admin)
    }
}
