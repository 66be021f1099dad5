//! Tasks «answer the client» (AMO-7). <https://www.amocrm.ru/developers/content/crm_platform/tasks-api>

use contracts::crm::{Bound, BoundKey, CrmError, Urgency, Work};
use domain::{At, CrmEntity, CrmRef, Direction};
use serde_json::json;

use super::{
    contacts::CLOCKS_DIFFER,
    errors::{ApiError, reason},
    link::{AmoLink, nothing_came},
    options::Notify,
    wire::{Made, Page, Task},
    words::word,
};

/// «Call»: the kind that every account has.
const FIRST_KIND: i64 = 1;

impl AmoLink {
    /// Gives managers something to do about a client's message, when the settings ask for it. Done before the message
    /// is written: a task without its message is repaired by the next try, a message without its task is not.
    pub(super) async fn remind(&self, work: &Work, lead: i64) -> Result<(), ApiError> {
        let each = match self.options.notify() {
            Notify::TaskPerLead => false,
            Notify::TaskPerMessage => true,
            Notify::Nothing | Notify::Notifications => return Ok(()),
        };
        if work.message.direction != Direction::In || work.urgency == Urgency::History {
            return Ok(());
        }
        let key = BoundKey::conversation(work.conversation.id, "task");
        let before = self.deps.notebook.bound(&key).await?;
        let same_message = before.as_ref().is_some_and(|bound| bound.data == json!(work.marker));
        if same_message {
            return Ok(());
        }
        if !each
            && let Some(bound) = &before
            && self.still_open(&bound.reference.id, lead, work.urgency).await?
        {
            return Ok(());
        }
        let since = self.deps.notebook.intend(&key).await?;
        let text = self.task_text(work).await?;
        let found = match since {
            Some(since) => self.earlier_task(lead, &text, since, work.urgency).await?,
            None => None,
        };
        let id = match found {
            Some(id) => id,
            None => self.make_task(work, lead, &text, &key).await?,
        };
        let bound = Bound {
            reference: CrmRef::new(CrmEntity::Task, id),
            data: json!(work.marker),
        };
        Ok(self.deps.notebook.bind(&key, bound).await?)
    }

    async fn still_open(&self, task: &str, lead: i64, urgency: Urgency) -> Result<bool, ApiError> {
        match self.client.get::<Task>(&format!("tasks/{task}"), &[], urgency).await {
            Ok(task) => Ok(task.is_some_and(|task| !task.is_completed && task.entity_id == lead)),
            Err(error) if error.gone() => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn task_text(&self, work: &Work) -> Result<String, ApiError> {
        if let Some(text) = self.options.task_text(&work.conversation) {
            return Ok(text);
        }
        let layout = self.layout(work.urgency).await?;
        Ok(word(layout.account.language.as_deref(), "task"))
    }

    async fn earlier_task(&self, lead: i64, text: &str, since: At, urgency: Urgency) -> Result<Option<i64>, ApiError> {
        let query = [
            ("filter[entity_type]", "leads".to_owned()),
            ("filter[entity_id][]", lead.to_string()),
            ("filter[is_completed]", "0".to_owned()),
            ("limit", "250".to_owned()),
        ];
        let page: Option<Page> = self.client.get("tasks", &query, urgency).await?;
        let tasks: Vec<Task> = page.map(|page| page.of("tasks")).unwrap_or_default();
        let ours = |task: &&Task| task.text == text && task.created_at >= since.secs() - CLOCKS_DIFFER;
        Ok(tasks.iter().filter(ours).map(|task| task.id).max())
    }

    async fn make_task(&self, work: &Work, lead: i64, text: &str, key: &BoundKey) -> Result<i64, ApiError> {
        let layout = self.layout(work.urgency).await?;
        let kinds = layout.account.task_types();
        let till = self.deps.clock.now().plus(self.options.task_time());
        let responsible = self.options.task_user();
        let responsible = match responsible {
            Some(user) => user,
            None => self.responsible_of(lead, work).await?,
        };
        let body = json!([{
            "task_type_id": kinds.first().map_or(FIRST_KIND, |(id, _)| *id),
            "text": text,
            "complete_till": till.secs(),
            "entity_id": lead,
            "entity_type": "leads",
            "responsible_user_id": responsible,
            "request_id": "task",
        }]);
        let made = self.client.post::<Page>("tasks", &body, work.urgency).await;
        if made.as_ref().is_err_and(ApiError::refused) {
            self.deps.notebook.give_up(key).await?;
        }
        let made: Vec<Made> = made?.map(|page| page.of("tasks")).unwrap_or_default();
        made.first().map(|one| one.id).ok_or_else(nothing_came)
    }

    /// Who is responsible for the lead now.
    async fn responsible_of(&self, lead: i64, work: &Work) -> Result<i64, ApiError> {
        let leads = self.leads(&[lead], work.urgency).await?;
        let gone = || CrmError::Gone(reason("amocrm.reason.gone"));
        Ok(leads.get(&lead).ok_or_else(gone)?.responsible_user_id)
    }
}
