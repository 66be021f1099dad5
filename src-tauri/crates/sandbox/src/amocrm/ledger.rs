//! Changes of cards, with what follows from them: events in the list, hooks to whoever asked.

use super::hooks;
use super::state::State;
use super::state::entity::{Entity, EntityId, Kind, Link, Tag};
use super::state::feed::{Event, Note};
use super::state::pipeline::{LOST, WON};
use serde_json::{Value, json};

impl State {
    /// Writes down that something happened.
    pub(crate) fn tell(&mut self, kind: &'static str, of: EntityId, by: i64, (before, after): (Value, Value)) {
        let (id, created_at) = (format!("01h{}", self.hex(23)), self.now());
        self.events.push(Event {
            id,
            kind,
            of,
            created_by: by,
            created_at,
            after,
            before,
        });
    }

    /// A new card.
    pub(crate) fn add(&mut self, entity: Entity) {
        let (id, by) = (entity.id, entity.created_by);
        self.entities.insert(id, entity);
        let kind = match id.kind {
            Kind::Lead => "lead_added",
            Kind::Contact => "contact_added",
            Kind::Company => "company_added",
        };
        self.tell(kind, id, by, (json!([]), json!([])));
        hooks::about_card(self, id, "add");
    }

    /// Somebody touched a card.
    pub(crate) fn touched(&mut self, id: EntityId, by: i64) {
        let now = self.now();
        if let Some(entity) = self.entity_mut(id) {
            (entity.updated_at, entity.updated_by) = (now, by);
        }
        hooks::about_card(self, id, "update");
    }

    /// Puts a lead into another column.
    pub(crate) fn move_lead(&mut self, id: EntityId, pipeline: i64, status: i64, by: i64) {
        let now = self.now();
        let Some(lead) = self.entity_mut(id) else { return };
        let old = (lead.pipeline, lead.status);
        if old == (pipeline, status) {
            return;
        }
        (lead.pipeline, lead.status) = (pipeline, status);
        lead.closed_at = [WON, LOST].contains(&status).then_some(now);
        let shown = |(pipeline, status)| json!([{"lead_status": {"id": status, "pipeline_id": pipeline}}]);
        self.tell("lead_status_changed", id, by, (shown(old), shown((pipeline, status))));
        hooks::about_card(self, id, "status");
    }

    /// Gives a card to somebody.
    pub(crate) fn assign(&mut self, id: EntityId, to: i64, by: i64) {
        let Some(entity) = self.entity_mut(id) else { return };
        let old = std::mem::replace(&mut entity.responsible, to);
        if old != to {
            let shown = |user: i64| json!([{"responsible_user": {"id": user}}]);
            self.tell("entity_responsible_changed", id, by, (shown(old), shown(to)));
            hooks::about_card(self, id, "responsible");
        }
    }

    /// Deletes a card; its number stays known.
    pub(crate) fn delete(&mut self, id: EntityId, by: i64) {
        hooks::about_card(self, id, "delete");
        let Some(entity) = self.entity_mut(id) else { return };
        entity.deleted = true;
        let kind = match id.kind {
            Kind::Lead => "lead_deleted",
            Kind::Contact => "contact_deleted",
            Kind::Company => "company_deleted",
        };
        self.tell(kind, id, by, (json!([]), json!([])));
        self.forget_talks_of(id, None);
    }

    /// Puts `gone` into `kept`: what hung on the one hangs on the other, filled fields of the kept one win.
    pub(crate) fn merge(&mut self, gone: EntityId, kept: EntityId, by: i64) {
        let Some(old) = self.entity(gone).cloned() else { return };
        for link in &mut self.links {
            *link = link.moved(gone, kept);
        }
        let mut seen = Vec::new();
        self.links.retain(|link| {
            let new = !seen.contains(link);
            seen.push(*link);
            new
        });
        for note in self.notes.iter_mut().filter(|note| note.of == gone) {
            note.of = kept;
        }
        for task in self.tasks.iter_mut().filter(|task| task.of == Some(gone)) {
            task.of = Some(kept);
        }
        for chat in self.chats.iter_mut().filter(|_| gone.kind == Kind::Contact) {
            if chat.contact == Some(gone.number) {
                chat.contact = Some(kept.number);
            }
        }
        if let Some(entity) = self.entity_mut(kept) {
            for (field, mut values) in old.values {
                let has = entity.values.entry(field).or_default();
                values.retain(|value| !has.contains(value));
                has.extend(values);
            }
            entity.files.extend(old.files);
        }
        self.forget_talks_of(gone, Some(kept));
        if let Some(entity) = self.entities.get_mut(&gone) {
            entity.deleted = true;
        }
        self.tell("entity_merged", kept, by, (json!([]), json!([])));
        self.touched(kept, by);
    }

    /// Talks of a card that is gone belong to `heir`, or to nothing.
    fn forget_talks_of(&mut self, gone: EntityId, heir: Option<EntityId>) {
        for talk in &mut self.talks {
            if talk.entity == Some(gone) {
                talk.entity = heir;
            }
            if gone.kind == Kind::Contact && talk.contact == Some(gone.number) {
                talk.contact = heir.map(|heir| heir.number);
            }
        }
        if heir.is_none() && gone.kind == Kind::Contact {
            for chat in self.chats.iter_mut().filter(|chat| chat.contact == Some(gone.number)) {
                chat.contact = None;
            }
        }
    }

    /// Ties two cards; the first contact of a lead is its main one.
    pub(crate) fn link(&mut self, one: EntityId, other: EntityId, main: Option<bool>) {
        self.links.retain(|link| !link.ties(one, other));
        let lead = [one, other].into_iter().find(|id| id.kind == Kind::Lead);
        let first = lead.is_some_and(|lead| self.linked(lead, Kind::Contact).is_empty());
        let contact = [one, other].iter().any(|id| id.kind == Kind::Contact);
        let main = contact && lead.is_some() && main.unwrap_or(first);
        if let Some(lead) = lead.filter(|_| main) {
            let of_lead = |link: &&mut Link| link.other(lead).is_some_and(|id| id.kind == Kind::Contact);
            self.links.iter_mut().filter(of_lead).for_each(|link| link.main = false);
        }
        self.links.push(Link::between(one, other, main));
    }

    pub(crate) fn unlink(&mut self, one: EntityId, other: EntityId) -> bool {
        let before = self.links.len();
        self.links.retain(|link| !link.ties(one, other));
        before != self.links.len()
    }

    /// An entry in the feed of a card.
    pub(crate) fn note(&mut self, of: EntityId, kind: &str, params: Value, by: i64) -> i64 {
        let (id, now) = (self.number(), self.now());
        let responsible = self.entity(of).map_or(by, |entity| entity.responsible);
        self.notes.push(Note {
            id,
            of,
            kind: kind.to_owned(),
            params,
            created_by: by,
            responsible,
            created_at: now,
            updated_at: now,
        });
        let told = match kind {
            "common" => "common_note_added",
            "attachment" => "attachment_note_added",
            "geolocation" => "geo_note_added",
            "sms_in" => "incoming_sms",
            "sms_out" => "outgoing_sms",
            "call_in" => "incoming_call",
            "call_out" => "outgoing_call",
            "message_cashier" => "message_to_cashier_note_added",
            _ => "service_note_added",
        };
        self.tell(told, of, by, (json!([]), json!([{"note": {"id": id}}])));
        hooks::about_note(self, id);
        id
    }

    /// The tag of that name, which appears when nobody has used it.
    pub(crate) fn tag(&mut self, kind: Kind, name: &str) -> i64 {
        let known = self.tags.iter().find(|tag| tag.kind == kind && tag.name == name);
        if let Some(tag) = known {
            return tag.id;
        }
        let id = self.number();
        let name = name.to_owned();
        self.tags.push(Tag { id, kind, name });
        id
    }

    /// The field is gone, and with it everything that stood in it.
    pub(crate) fn delete_field(&mut self, id: i64) -> bool {
        let before = self.fields.len();
        self.fields.retain(|field| field.id != id || field.predefined);
        let gone = before != self.fields.len();
        if gone {
            for entity in self.entities.values_mut() {
                entity.values.remove(&id);
            }
        }
        gone
    }
}
