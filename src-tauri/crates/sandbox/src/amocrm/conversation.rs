//! A message arrives in a chat, from whichever side: the talk, the contact, what waits unsorted, who is told.

use super::hooks;
use super::state::State;
use super::state::chat::{Chat, Message, Participant, Talk, Writer};
use super::state::entity::{Entity, EntityId, Kind};
use super::state::unsorted::{Category, Unsorted};
use crate::ids::{ChatId, MessageId, PersonId};
use crate::news::{Happening, News};
use serde_json::{Value, json};

impl State {
    /// A new conversation, invisible until its first message.
    pub(crate) fn open_chat(
        &mut self,
        client_id: Option<String>,
        person: Participant,
        source: Option<String>,
    ) -> String {
        let id = self.uuid();
        self.chats.push(Chat {
            id: id.clone(),
            client_id,
            source,
            people: vec![person],
            contact: None,
            messages: Vec::new(),
            typing_until: 0,
        });
        id
    }

    /// Puts a message into its chat. A silent one is history: it makes nothing and tells nobody.
    pub(crate) fn post(&mut self, chat: &str, message: Message, silent: bool) {
        let (id, outgoing, by) = (message.id.clone(), message.outgoing(), author(&message));
        let Some(found) = self.chat_mut(chat) else { return };
        found.messages.push(message);
        found.messages.sort_by_key(|message| message.at_ms);
        found.typing_until = if outgoing { found.typing_until } else { 0 };
        if silent && found.contact.is_none() {
            return;
        }
        let contact = self.contact_of(chat, by);
        let lead = self.lead_of(chat, contact, silent, by);
        let talk = self.talk_of(chat, contact, lead, !outgoing && !silent);
        if silent {
            return;
        }
        let of = lead.unwrap_or(contact);
        let kind = if outgoing {
            "outgoing_chat_message"
        } else {
            "incoming_chat_message"
        };
        let told = json!([{"message": {"id": id, "origin": self.channel.code, "talk_id": talk}}]);
        self.tell(kind, of, by, (json!([]), told));
        self.tell_hooks(chat, &id, talk, (contact, lead));
        self.tell_news(chat, &id, contact, outgoing);
    }

    /// The contact of a chat, who appears with the first message.
    fn contact_of(&mut self, chat: &str, by: i64) -> EntityId {
        let known = self.chat(chat).and_then(|chat| chat.contact);
        let known = known.map(|number| EntityId::of(Kind::Contact, number));
        if let Some(id) = known.filter(|id| self.entity(*id).is_some()) {
            return id;
        }
        let (id, now) = (EntityId::of(Kind::Contact, self.number()), self.now());
        let mut entity = Entity::new(id, by, now);
        entity.responsible = super::seed::administrator(self);
        entity.unsorted = true;
        let person = self.chat(chat).and_then(|chat| chat.people.first()).cloned();
        if let Some(person) = person {
            entity.name = person.name;
            for (code, value) in [("PHONE", person.phone), ("EMAIL", person.email)] {
                let field = self
                    .fields
                    .iter()
                    .find(|field| field.of == Kind::Contact && field.code.as_deref() == Some(code));
                if let (Some(field), Some(value)) = (field, value) {
                    let choice = field.enums.first();
                    let filled = json!({"value": value, "enum_id": choice.map(|one| one.id),
                        "enum_code": choice.and_then(|one| one.code.clone())});
                    entity.values.insert(field.id, vec![filled]);
                }
            }
        }
        self.add(entity);
        if let Some(chat) = self.chat_mut(chat) {
            chat.contact = Some(id.number);
        }
        id
    }

    /// The open lead that the chat belongs to: the talk's, else the contact's, else a new one.
    fn lead_of(&mut self, chat: &str, contact: EntityId, silent: bool, by: i64) -> Option<EntityId> {
        let open = |state: &Self, id: EntityId| state.entity(id).is_some_and(|lead| lead.closed_at.is_none());
        let talk = self.talks.iter().rev().find(|talk| talk.chat == chat && talk.open);
        let known = talk.and_then(|talk| talk.entity).filter(|id| open(self, *id));
        let of_contact = || {
            let leads = self.linked(contact, Kind::Lead).into_iter().rev();
            leads
                .map(|number| EntityId::of(Kind::Lead, number))
                .find(|id| open(self, *id))
        };
        let found = known.or_else(of_contact);
        if found.is_some() || silent {
            return found;
        }
        Some(self.new_lead(chat, contact, by))
    }

    /// What came through a chat waits unsorted, where the board has a column for it.
    fn new_lead(&mut self, chat: &str, contact: EntityId, by: i64) -> EntityId {
        let (id, now) = (EntityId::of(Kind::Lead, self.number()), self.now());
        let source = self.chat(chat).and_then(|chat| chat.source.clone());
        let routed = self
            .sources
            .iter()
            .find(|one| Some(&one.external_id) == source.as_ref());
        let pipeline = routed.map_or_else(|| self.main_pipeline(), |one| one.pipeline);
        let board = self.pipeline(pipeline).cloned();
        let waits = board.as_ref().is_some_and(|board| board.unsorted_on);
        let mut lead = Entity::new(id, by, now);
        lead.name = format!("Сделка #{}", id.number);
        lead.responsible = super::seed::administrator(self);
        lead.pipeline = pipeline;
        lead.status = board.map_or(0, |board| {
            if waits {
                board.unsorted_status()
            } else {
                board.first_status()
            }
        });
        lead.unsorted = waits;
        lead.source.clone_from(&source);
        self.add(lead);
        self.link(id, contact, Some(true));
        if waits {
            self.wait(chat, id, contact, source);
        }
        id
    }

    fn wait(&mut self, chat: &str, lead: EntityId, contact: EntityId, source: Option<String>) {
        let Some(found) = self.chat(chat) else { return };
        let (name, avatar) = found
            .people
            .first()
            .map(|person| (person.name.clone(), person.avatar.clone()))
            .unwrap_or_default();
        let last = found.messages.last().map(|message| message.text().to_owned());
        let metadata = json!({
            "received_at": self.now(), "service": self.channel.code, "client": {"name": name, "avatar": avatar},
            "origin": {"chat_id": chat, "ref": null, "visitor_uid": null}, "last_message_text": last,
            "source_name": self.channel.connected, "from": name, "to": self.channel.connected,
        });
        let unsorted = Unsorted {
            uid: self.hex(64),
            category: Category::Chats,
            source_name: self.channel.connected.clone().unwrap_or_default(),
            source_uid: source.unwrap_or_default(),
            pipeline: self.entity(lead).map_or(0, |lead| lead.pipeline),
            created_at: self.now(),
            metadata,
            lead: Some(lead),
            contacts: vec![contact],
            companies: Vec::new(),
            outcome: None,
        };
        let shown =
            json!({"uid": unsorted.uid, "category": "chats", "lead_id": lead.number, "pipeline_id": unsorted.pipeline});
        self.unsorted.push(unsorted);
        hooks::announce(self, "add_unsorted", json!({"unsorted": {"add": [shown]}}));
    }

    /// The open talk of a chat, brought up to date.
    fn talk_of(&mut self, chat: &str, contact: EntityId, lead: Option<EntityId>, unread: bool) -> i64 {
        let now = self.now();
        let fresh = self.number();
        let open = self.talks.iter_mut().find(|talk| talk.chat == chat && talk.open);
        let (id, action) = match open {
            Some(talk) => {
                (talk.updated_at, talk.read) = (now, !unread);
                (talk.contact, talk.entity) = (Some(contact.number), lead.or(talk.entity));
                (talk.id, "update")
            }
            None => {
                self.talks.push(Talk {
                    id: fresh,
                    chat: chat.to_owned(),
                    contact: Some(contact.number),
                    entity: lead,
                    created_at: now,
                    updated_at: now,
                    open: true,
                    read: !unread,
                });
                (fresh, "add")
            }
        };
        if action == "add" {
            let told = json!([{"talk": {"id": id}}]);
            self.tell("talk_created", lead.unwrap_or(contact), 0, (json!([]), told));
        }
        let shown = json!({"talk_id": id, "chat_id": chat, "contact_id": contact.number, "is_read": i64::from(!unread),
            "is_in_work": 1, "origin": self.channel.code});
        hooks::announce(self, &format!("{action}_talk"), json!({"talk": {action: [shown]}}));
        id
    }

    /// The hook about an incoming message; on Kommo there is one about outgoing ones too (not documented for amoCRM).
    fn tell_hooks(&self, chat: &str, id: &str, talk: i64, (contact, lead): (EntityId, Option<EntityId>)) {
        let Some(message) = self.chat(chat).and_then(|chat| chat.message(id)) else {
            return;
        };
        let outgoing = message.outgoing();
        let setting = match (outgoing, self.account.kommo) {
            (false, _) => "add_message",
            (true, true) => "add_outgoing_message",
            (true, false) => return,
        };
        let of = lead.unwrap_or(contact);
        let (author, name) = self.author(chat, message);
        let mut shown = json!({
            "id": id, "chat_id": chat, "talk_id": talk, "contact_id": contact.number, "text": message.text(),
            "created_at": message.at_ms / 1000, "message_type": message.kind(), "element_type": of.kind.element_type(),
            "entity_type": of.kind.singular(), "element_id": of.number, "entity_id": of.number,
            "type": if outgoing { "outgoing" } else { "incoming" }, "origin": self.channel.code,
            "author": {"id": author, "name": name, "type": if outgoing { "internal" } else { "external" }},
        });
        let link = message
            .content
            .get("media")
            .and_then(Value::as_str)
            .filter(|link| !link.is_empty());
        if let (Some(link), Some(fields)) = (link, shown.as_object_mut()) {
            let name = message.content.get("file_name").cloned().unwrap_or_default();
            let attachment = json!({"type": message.kind(), "link": link, "file_name": name});
            fields.insert("attachment".to_owned(), attachment);
        }
        hooks::announce(self, setting, json!({"message": {"add": [shown]}}));
    }

    fn tell_news(&self, chat: &str, id: &str, contact: EntityId, outgoing: bool) {
        let message = MessageId::from(id);
        let what = if outgoing {
            Happening::BusinessWrote { message }
        } else {
            let person = PersonId::from(contact.number);
            Happening::CustomerWrote { person, message }
        };
        self.host.news.tell(News {
            vendor: super::ID,
            chat: ChatId::from(chat),
            what,
        });
    }

    /// Id and name of a message's author in the chats service.
    pub(crate) fn author(&self, chat: &str, message: &Message) -> (String, String) {
        match &message.writer {
            Writer::Client(id) => {
                let person = self
                    .chat(chat)
                    .and_then(|chat| chat.people.iter().find(|one| one.id == *id));
                (id.clone(), person.map(|one| one.name.clone()).unwrap_or_default())
            }
            Writer::User(id) => {
                let user = self.user(*id);
                user.map(|user| (user.amojo_id.clone(), user.name.clone()))
                    .unwrap_or_default()
            }
            Writer::Bot => (self.channel.bot.clone(), "Bot".to_owned()),
        }
    }
}

/// The user in events: clients and bots are 0.
fn author(message: &Message) -> i64 {
    match message.writer {
        Writer::User(id) => id,
        Writer::Client(_) | Writer::Bot => 0,
    }
}
