//! Sending, changing, deleting. The server knows no repetition: a lost answer leaves the outcome open.

use async_trait::async_trait;
use contracts::channel::{Activity, CallError, Editing, LiveSignals, OutgoingFile, OutgoingMessage, SendError, Sent};
use domain::{At, AttachmentKind, Entity, Reason, RemoteId};
use net::{Form, file_part};
use serde_json::{Value, json};

use super::{
    bot::Bot,
    client::{ApiError, BotError},
    convert::entities_to_wire,
    wire::{ReplyParameters, SentMessage, WireEntity},
};
use crate::shared::failure;

/// As many as there are things that can be taken out of a message.
const CURES: u32 = 4;

/// A message on its way, as the server wants it. What the server refuses in it is taken out and it is tried again.
#[derive(Debug, Clone)]
struct Draft<'a> {
    chat: i64,
    text: &'a str,
    entities: Vec<WireEntity>,
    file: Option<(&'a OutgoingFile, AttachmentKind)>,
    reply: Option<ReplyParameters>,
}

impl Bot {
    /// Sends one message, in the form that the server takes: it is tried anew only after a refusal, which is certain.
    pub(super) async fn send_message(&self, message: &OutgoingMessage) -> Result<Sent, SendError> {
        let mut draft = self.draft(message)?;
        let mut cures = CURES;
        loop {
            self.pacing.turn(draft.chat).await?;
            let refusal = match self.send_draft(&draft).await? {
                Ok(sent) => {
                    return Ok(Sent {
                        remote_id: RemoteId::new(sent.message_id),
                        sent_at: Some(At::from_secs(sent.date)),
                    });
                }
                Err(BotError::Api(refusal)) => refusal,
                Err(error) => return Err(self.send_error(error)),
            };
            draft = match self.cured(&draft, &refusal) {
                Some(cured) if cures > 0 => cured,
                _ => return Err(self.refused(draft.chat, refusal)),
            };
            cures -= 1;
        }
    }

    fn draft<'a>(&self, message: &'a OutgoingMessage) -> Result<Draft<'a>, CallError> {
        let nowhere = || CallError::Refused(Reason::new("telegram_bot.reason.chat_not_found"));
        let answered = message.reply_to.as_ref().and_then(|id| id.as_str().parse().ok());
        Ok(Draft {
            chat: self.chat(&message.chat).ok_or_else(nowhere)?,
            text: &message.text,
            entities: entities_to_wire(&message.entities),
            file: message.files.first().map(|file| (file, shown_as(file, &message.text))),
            reply: answered.map(|message_id| ReplyParameters {
                message_id,
                allow_sending_without_reply: true,
            }),
        })
    }

    async fn send_draft(&self, draft: &Draft<'_>) -> Result<Result<SentMessage, BotError>, CallError> {
        let Some((file, kind)) = draft.file else {
            let fields = json!({
                "chat_id": draft.chat, "text": draft.text, "entities": draft.entities, "reply_parameters": draft.reply,
            });
            return Ok(self.client.send("sendMessage", fields).await);
        };
        let (method, field) = method(kind);
        let form = form(draft, file, kind, field).await?;
        Ok(self.client.send_file(method, form).await)
    }

    /// The same message without what the server refuses; `None` when that is the message itself.
    fn cured<'a>(&self, draft: &Draft<'a>, refusal: &ApiError) -> Option<Draft<'a>> {
        let draft = draft.clone();
        if let Some(to) = refusal.migrate_to_chat_id.filter(|to| *to != draft.chat) {
            self.has_moved(draft.chat, to);
            return Some(Draft { chat: to, ..draft });
        }
        if refusal.code != 400 {
            return None;
        }
        if draft.reply.is_some() && refusal.says("repl") {
            return Some(Draft { reply: None, ..draft });
        }
        if !draft.entities.is_empty() && refusal.says("entit") {
            return Some(Draft {
                entities: Vec::new(),
                ..draft
            });
        }
        let (file, kind) = draft.file?;
        // Too wide, too large for a photo, or no picture that the server knows: any file goes as a document.
        let picture = kind != AttachmentKind::Document
            && ["photo", "image", "video", "sticker", "wrong type"]
                .iter()
                .any(|word| refusal.says(word));
        picture.then_some(Draft {
            file: Some((file, AttachmentKind::Document)),
            ..draft
        })
    }

    fn refused(&self, chat: i64, refusal: ApiError) -> SendError {
        let error = self.send_error(BotError::Api(refusal));
        if let SendError::Call(CallError::TooFast { wait }) = &error {
            self.pacing.hold(chat, *wait);
        }
        error
    }
}

/// Round films and stickers carry no caption: with one, they go as what does.
fn shown_as(file: &OutgoingFile, caption: &str) -> AttachmentKind {
    match file.kind {
        AttachmentKind::VideoNote if !caption.is_empty() => AttachmentKind::Video,
        AttachmentKind::Sticker if !caption.is_empty() => AttachmentKind::Document,
        kind => kind,
    }
}

/// The method for a kind, and the field that holds the file.
fn method(kind: AttachmentKind) -> (&'static str, &'static str) {
    match kind {
        AttachmentKind::Image => ("sendPhoto", "photo"),
        AttachmentKind::Video => ("sendVideo", "video"),
        AttachmentKind::Animation => ("sendAnimation", "animation"),
        AttachmentKind::VideoNote => ("sendVideoNote", "video_note"),
        AttachmentKind::Audio => ("sendAudio", "audio"),
        AttachmentKind::Voice => ("sendVoice", "voice"),
        AttachmentKind::Sticker => ("sendSticker", "sticker"),
        AttachmentKind::Document => ("sendDocument", "document"),
    }
}

async fn form(draft: &Draft<'_>, file: &OutgoingFile, kind: AttachmentKind, field: &str) -> Result<Form, CallError> {
    let part = file_part(&file.path, &file.name, &file.mime).await;
    let mut form = Form::new().text("chat_id", draft.chat.to_string());
    if !draft.text.is_empty() {
        form = form.text("caption", draft.text);
    }
    if !draft.entities.is_empty() {
        form = form.text("caption_entities", json!(draft.entities).to_string());
    }
    if let Some(reply) = draft.reply {
        form = form.text("reply_parameters", json!(reply).to_string());
    }
    if let Some(millis) = file.duration_ms.filter(|_| plays(kind)) {
        form = form.text("duration", (millis.max(0) as u64).div_ceil(1000).to_string());
    }
    form = match kind {
        AttachmentKind::Video => form.text("supports_streaming", "true"),
        // Who sends a file as a file wants it unchanged.
        AttachmentKind::Document => form.text("disable_content_type_detection", "true"),
        _ => form,
    };
    Ok(form.part(field, part.map_err(failure::call_error)?))
}

fn plays(kind: AttachmentKind) -> bool {
    use AttachmentKind as K;
    matches!(kind, K::Video | K::Animation | K::VideoNote | K::Audio | K::Voice)
}

#[async_trait]
impl Editing for Bot {
    async fn edit(
        &self,
        chat: &RemoteId,
        message: &RemoteId,
        text: &str,
        entities: &[Entity],
    ) -> Result<(), SendError> {
        let (chat, message) = self.place(chat, message)?;
        let entities = entities_to_wire(entities);
        let fields = json!({"chat_id": chat, "message_id": message, "text": text, "entities": entities});
        let outcome = self.edit_by("editMessageText", fields).await;
        // Whether it has a text or a caption, only the server remembers.
        if !matches!(&outcome, Err(BotError::Api(refusal)) if refusal.says("no text in the message")) {
            return outcome.map_err(|error| self.send_error(error));
        }
        let fields = json!({"chat_id": chat, "message_id": message, "caption": text, "caption_entities": entities});
        let outcome = self.edit_by("editMessageCaption", fields).await;
        outcome.map_err(|error| self.send_error(error))
    }

    async fn delete(&self, chat: &RemoteId, message: &RemoteId) -> Result<(), SendError> {
        let (chat, message) = self.place(chat, message)?;
        match self.client.delete_message(chat, message).await {
            Err(BotError::Api(refusal)) if refusal.says("message to delete not found") => Ok(()),
            outcome => outcome.map(drop).map_err(|error| self.send_error(error)),
        }
    }
}

impl Bot {
    async fn edit_by(&self, method: &str, fields: Value) -> Result<(), BotError> {
        match self.client.edit(method, fields).await {
            Err(BotError::Api(refusal)) if refusal.says("message is not modified") => Ok(()),
            outcome => outcome.map(drop),
        }
    }

    fn place(&self, chat: &RemoteId, message: &RemoteId) -> Result<(i64, i64), CallError> {
        let place = self.chat(chat).zip(message.as_str().parse().ok());
        place.ok_or_else(|| CallError::Refused(Reason::new("telegram_bot.reason.edit_gone")))
    }
}

#[async_trait]
impl LiveSignals for Bot {
    async fn show(&self, chat: &RemoteId, activity: Activity) -> Result<(), CallError> {
        let action = match activity {
            Activity::Typing => "typing",
            Activity::Recording => "record_voice",
            Activity::Uploading => "upload_document",
        };
        let nowhere = || CallError::Refused(Reason::new("telegram_bot.reason.chat_not_found"));
        let chat = self.chat(chat).ok_or_else(nowhere)?;
        let outcome = self.client.send_chat_action(chat, action).await;
        outcome.map(drop).map_err(|error| self.call_error(error))
    }
}
