//! One function per remote call, in the name of one community. <https://dev.vk.com/method>

use contracts::channel::CallError;
use net::{Failure, Form, Part};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use url::Url;

use super::wire::{
    Allowed, Conversations, ConversationsById, DeletedItem, Groups, History, LongPollServer, LongPollSettings, Owned,
    Resolved, SavedFile, SentItem, TokenPermissions, UploadServer, User,
};
use crate::shared::{
    vk_api::{Params, VERSION, VkApi, VkError},
    vk_long_poll::{self, Polled, Post},
};

/// What is asked of a person's page (VK-4).
const PERSON_FIELDS: &str = "screen_name,photo_200,has_photo,city,bdate,contacts";

/// The events that this channel lives on. Switching on names only these: what other programs need stays as it is.
pub(super) const EVENTS: [&str; 9] = [
    "message_new",
    "message_reply",
    "message_edit",
    "message_read",
    "message_typing_state",
    "message_allow",
    "message_deny",
    "message_event",
    "message_reaction_event",
];

/// What `messages.send` is to carry.
#[derive(Debug)]
pub(super) struct Draft<'a> {
    pub(super) peer: i64,
    pub(super) text: &'a str,
    pub(super) attachments: Vec<String>,
    /// Number in the dialog of the message that it answers.
    pub(super) reply_to: Option<i64>,
    pub(super) random_id: i32,
    pub(super) payload: String,
}

/// The remote calls of one community.
#[derive(Debug)]
pub(super) struct Client {
    api: VkApi,
    group: i64,
}

impl Client {
    /// `group` is the community's positive id.
    pub(super) fn new(api: VkApi, group: i64) -> Self {
        Self { api, group }
    }

    pub(super) fn group(&self) -> i64 {
        self.group
    }

    pub(super) async fn long_poll_settings(&self) -> Result<LongPollSettings, VkError> {
        let params = Params::default().with("group_id", self.group);
        self.api.call("groups.getLongPollSettings", params).await
    }

    pub(super) async fn switch_long_poll_on(&self) -> Result<(), VkError> {
        let start = Params::default()
            .with("group_id", self.group)
            .with("enabled", 1)
            .with("api_version", VERSION);
        let params = EVENTS.iter().fold(start, |params, event| params.with(event, 1));
        self.done("groups.setLongPollSettings", params).await
    }

    pub(super) async fn long_poll_server(&self) -> Result<LongPollServer, VkError> {
        let params = Params::default().with("group_id", self.group);
        self.api.call("groups.getLongPollServer", params).await
    }

    pub(super) async fn poll(&self, post: &Post, ts: &str) -> Result<Polled, CallError> {
        let polled = vk_long_poll::poll(self.api.http(), post, ts).await;
        polled.map_err(|failure| self.call_error(failure))
    }

    /// At most 1000 people; whoever does not exist is left out.
    pub(super) async fn people(&self, ids: &[i64]) -> Result<Vec<User>, VkError> {
        let params = Params::default()
            .with_list("user_ids", ids)
            .with("fields", PERSON_FIELDS);
        self.api.call("users.get", params).await
    }

    /// At most 500 communities, by positive ids.
    pub(super) async fn communities(&self, ids: &[i64]) -> Result<Groups, VkError> {
        communities(&self.api, ids).await
    }

    /// At most 100 dialogs.
    pub(super) async fn conversations_by_id(&self, peers: &[i64]) -> Result<ConversationsById, VkError> {
        let params = Params::default()
            .with_list("peer_ids", peers)
            .with("group_id", self.group);
        self.api.call("messages.getConversationsById", params).await
    }

    /// Dialogs, the most recent first; at most 200.
    pub(super) async fn conversations(&self, offset: usize, count: usize) -> Result<Conversations, VkError> {
        let params = Params::default()
            .with("offset", offset)
            .with("count", count)
            .with("group_id", self.group);
        self.api.call("messages.getConversations", params).await
    }

    /// Messages of a dialog, newest first, beginning with `from` (a message id) or the newest; at most 200.
    pub(super) async fn history(&self, peer: i64, from: Option<i64>, count: usize) -> Result<History, VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with("count", count)
            .with("group_id", self.group);
        self.api
            .call("messages.getHistory", params.with_some("start_message_id", from))
            .await
    }

    /// Messages by their numbers in the dialog; at most 100.
    pub(super) async fn messages(&self, peer: i64, cmids: &[i64]) -> Result<History, VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with_list("cmids", cmids)
            .with("group_id", self.group);
        self.api.call("messages.getById", params).await
    }

    /// One recipient by `peer_ids`, because that answer tells the number in the dialog.
    pub(super) async fn send(&self, draft: &Draft<'_>) -> Result<Vec<SentItem>, VkError> {
        let forward = draft
            .reply_to
            .map(|cmid| json!({"peer_id": draft.peer, "conversation_message_ids": [cmid], "is_reply": 1}));
        let params = Params::default()
            .with("peer_ids", draft.peer)
            .with("random_id", draft.random_id)
            .with("group_id", self.group)
            .with("message", draft.text)
            .with_list("attachment", &draft.attachments)
            .with_some("forward", forward)
            .with("payload", &draft.payload);
        self.api.call("messages.send", params).await
    }

    /// Attachments that are not named again are taken off.
    pub(super) async fn edit(&self, peer: i64, cmid: i64, text: &str, attachments: &[String]) -> Result<(), VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with("cmid", cmid)
            .with("group_id", self.group)
            .with("message", text)
            .with_list("attachment", attachments)
            .with("keep_forward_messages", 1)
            .with("keep_snippets", 1);
        self.done("messages.edit", params).await
    }

    pub(super) async fn delete(&self, peer: i64, cmid: i64) -> Result<Vec<DeletedItem>, VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with("cmids", cmid)
            .with("delete_for_all", 1)
            .with("group_id", self.group);
        self.api.call("messages.delete", params).await
    }

    pub(super) async fn mark_read(&self, peer: i64, cmid: i64) -> Result<(), VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with("up_to_cmid", cmid)
            .with("group_id", self.group);
        self.done("messages.markAsRead", params).await
    }

    pub(super) async fn show_activity(&self, peer: i64, kind: &'static str) -> Result<(), VkError> {
        let params = Params::default()
            .with("peer_id", peer)
            .with("type", kind)
            .with("group_id", self.group);
        self.done("messages.setActivity", params).await
    }

    /// Ends the spinner on a pressed button.
    pub(super) async fn answer_press(&self, event: &str, user: i64, peer: i64) -> Result<(), VkError> {
        let params = Params::default()
            .with("event_id", event)
            .with("user_id", user)
            .with("peer_id", peer);
        self.done("messages.sendMessageEventAnswer", params).await
    }

    pub(super) async fn resolve_name(&self, name: &str) -> Result<Resolved, VkError> {
        self.api
            .call("utils.resolveScreenName", Params::default().with("screen_name", name))
            .await
    }

    pub(super) async fn is_allowed(&self, user: i64) -> Result<Allowed, VkError> {
        let params = Params::default().with("group_id", self.group).with("user_id", user);
        self.api.call("messages.isMessagesFromGroupAllowed", params).await
    }

    pub(super) async fn photo_server(&self, peer: i64) -> Result<UploadServer, VkError> {
        let params = Params::default().with("peer_id", peer);
        self.api.call("photos.getMessagesUploadServer", params).await
    }

    /// `kind`: `doc` or `audio_message`.
    pub(super) async fn file_server(&self, peer: i64, kind: &'static str) -> Result<UploadServer, VkError> {
        let params = Params::default().with("peer_id", peer).with("type", kind);
        self.api.call("docs.getMessagesUploadServer", params).await
    }

    /// Hands a file to an upload server; a new file costs a new address.
    pub(super) async fn upload<T: DeserializeOwned>(
        &self,
        server: &UploadServer,
        field: &'static str,
        part: Part,
    ) -> Result<T, Failure> {
        let url = Url::parse(&server.upload_url).map_err(|_| Failure::Invalid)?;
        let request = self.api.http().post(url).multipart(Form::new().part(field, part));
        request.send().await?.json()
    }

    pub(super) async fn save_photo(&self, server: &str, photo: &str, hash: &str) -> Result<Vec<Owned>, VkError> {
        let params = Params::default()
            .with("server", server)
            .with("photo", photo)
            .with("hash", hash);
        self.api.call("photos.saveMessagesPhoto", params).await
    }

    pub(super) async fn save_file(&self, file: &str, title: &str) -> Result<SavedFile, VkError> {
        self.api
            .call("docs.save", Params::default().with("file", file).with("title", title))
            .await
    }

    /// What a failed request to an address of VK's answers means.
    pub(super) fn call_error(&self, failure: Failure) -> CallError {
        self.api.call_error(failure)
    }

    /// The HTTP client, for files.
    pub(super) fn http(&self) -> &net::Client {
        self.api.http()
    }

    /// For calls whose answer says nothing but that it was done.
    async fn done(&self, method: &str, params: Params) -> Result<(), VkError> {
        self.api.call::<Value>(method, params).await.map(|_| ())
    }
}

/// Whose token it is: with no ids the community tells about itself.
pub(super) async fn communities(api: &VkApi, ids: &[i64]) -> Result<Groups, VkError> {
    let params = if ids.is_empty() {
        Params::default()
    } else {
        Params::default().with_list("group_ids", ids)
    };
    api.call("groups.getById", params).await
}

/// What a community token may do; an error for any other token.
pub(super) async fn permissions(api: &VkApi) -> Result<TokenPermissions, VkError> {
    api.call("groups.getTokenPermissions", Params::default()).await
}
