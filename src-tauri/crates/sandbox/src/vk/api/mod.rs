//! `/method/<name>`: who calls, may they, and the table of all methods. <https://dev.vk.com/method>

mod conversations;
mod docs;
mod error;
mod groups;
mod history;
mod marks;
mod message_change;
mod message_send;
mod params;
mod photos;
mod reactions;
mod users;

pub(crate) use error::ApiError;
pub(crate) use params::Params;

use super::state::State;
use super::state::community::Community;
use super::state::token::{Life, Owner, Rights};
use serde_json::{Value, json};

/// A community may call 20 times a second, a person 3 times. <https://dev.vk.com/api/api-requests>
const COMMUNITY_CALLS: usize = 20;
const USER_CALLS: usize = 3;

/// One call on its way through a method.
pub(crate) struct Call<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) params: &'a Params,
    pub(crate) owner: Owner,
    /// `v`, as (5, 199).
    pub(crate) version: (u32, u32),
}

type Answer = Result<Value, ApiError>;

struct Method {
    name: &'static str,
    needs: Rights,
    /// A person's token may call it too.
    for_users: bool,
    run: fn(&mut Call<'_>) -> Answer,
}

const fn method(name: &'static str, needs: Rights, run: fn(&mut Call<'_>) -> Answer) -> Method {
    Method {
        name,
        needs,
        for_users: false,
        run,
    }
}

const fn public(name: &'static str, run: fn(&mut Call<'_>) -> Answer) -> Method {
    Method {
        name,
        needs: Rights::NONE,
        for_users: true,
        run,
    }
}

static METHODS: &[Method] = &[
    method("docs.getMessagesUploadServer", Rights::DOCS, docs::upload_server),
    method("docs.save", Rights::DOCS, docs::save),
    public("groups.getById", groups::by_id),
    method("groups.getLongPollServer", Rights::NONE, groups::long_poll_server),
    method("groups.getLongPollSettings", Rights::MANAGE, groups::long_poll_settings),
    method("groups.getTokenPermissions", Rights::NONE, groups::token_permissions),
    public("groups.isMember", groups::is_member),
    method(
        "groups.setLongPollSettings",
        Rights::MANAGE,
        groups::set_long_poll_settings,
    ),
    method("messages.delete", Rights::MESSAGES, message_change::delete),
    method("messages.deleteReaction", Rights::MESSAGES, reactions::delete),
    method("messages.edit", Rights::MESSAGES, message_change::edit),
    method(
        "messages.getByConversationMessageId",
        Rights::MESSAGES,
        history::by_cmid,
    ),
    method("messages.getById", Rights::MESSAGES, history::by_id),
    method("messages.getConversations", Rights::MESSAGES, conversations::list),
    method("messages.getConversationsById", Rights::MESSAGES, conversations::by_id),
    method("messages.getHistory", Rights::MESSAGES, history::page),
    method(
        "messages.isMessagesFromGroupAllowed",
        Rights::MESSAGES,
        marks::is_allowed,
    ),
    method("messages.markAsAnsweredConversation", Rights::MESSAGES, marks::answered),
    method(
        "messages.markAsImportantConversation",
        Rights::MESSAGES,
        marks::important,
    ),
    method("messages.markAsRead", Rights::MESSAGES, marks::read),
    method("messages.restore", Rights::MESSAGES, message_change::restore),
    method("messages.send", Rights::MESSAGES, message_send::send),
    method("messages.sendMessageEventAnswer", Rights::MESSAGES, marks::event_answer),
    method("messages.sendReaction", Rights::MESSAGES, reactions::send),
    method("messages.setActivity", Rights::MESSAGES, marks::activity),
    method("photos.getMessagesUploadServer", Rights::PHOTOS, photos::upload_server),
    method("photos.saveMessagesPhoto", Rights::PHOTOS, photos::save),
    public("users.get", users::get),
    public("utils.resolveScreenName", users::resolve),
];

/// Methods that exist but want a person's token: a community gets error 27.
const USER_ONLY: &[&str] = &[
    "account.getProfileInfo",
    "board.createComment",
    "board.getComments",
    "friends.get",
    "groups.get",
    "market.createComment",
    "market.getComments",
    "messages.getReactionsAssets",
    "photos.createComment",
    "photos.getComments",
    "photos.getWallUploadServer",
    "photos.saveWallPhoto",
    "video.createComment",
    "video.getComments",
    "video.save",
    "wall.deleteComment",
    "wall.editComment",
    "wall.get",
    "wall.getById",
    "wall.getComment",
    "wall.getComments",
    "wall.post",
];

/// Oldest version that VK still accepts.
const OLDEST: (u32, u32) = (5, 81);

/// The whole answer to a call.
pub(crate) fn answer(state: &mut State, name: &str, params: &Params) -> Value {
    match run(state, name, params) {
        Ok(response) => json!({"response": response}),
        Err(error) => {
            let mut told = vec![
                ("method".to_owned(), name.to_owned()),
                ("oauth".to_owned(), "1".to_owned()),
            ];
            told.extend(params.public());
            error.envelope(&told)
        }
    }
}

fn run(state: &mut State, name: &str, params: &Params) -> Answer {
    let version = version(params)?;
    let (token, owner, rights) = caller(state, params)?;
    let most = if matches!(owner, Owner::Community(_)) {
        COMMUNITY_CALLS
    } else {
        USER_CALLS
    };
    if state.host.limits && !state.throttle.admit(&token, most) {
        return Err(ApiError::of(6));
    }
    ordered(state, name, params)?;
    let method = find(name, owner)?;
    if !rights.contain(method.needs) {
        let detail = "no access to call this method. It cannot be called with current scopes.";
        return Err(ApiError::with(15, detail));
    }
    let mut call = Call {
        state,
        params,
        owner,
        version,
    };
    if call.is_banned() && !matches!(name, "groups.getById" | "groups.getTokenPermissions") {
        return Err(ApiError::with(203, "group is blocked"));
    }
    (method.run)(&mut call)
}

fn version(params: &Params) -> Result<(u32, u32), ApiError> {
    const SPELLING: &str = "Version param should be passed as \"v\". \"version\" param is invalid and not supported.";
    let Some(text) = params.text("v") else {
        return Err(ApiError::with(8, &format!("v is required. {SPELLING}")));
    };
    let (major, minor) = text.split_once('.').unwrap_or((text, "0"));
    let version = (major.parse().unwrap_or(0), minor.parse().unwrap_or(0));
    if version < OLDEST {
        let more = "For more information go to https://vk.com/dev/constant_version_updates";
        return Err(ApiError::with(
            8,
            &format!("versions below 5.81 are deprecated. {SPELLING} {more}"),
        ));
    }
    Ok(version)
}

fn caller(state: &State, params: &Params) -> Result<(String, Owner, Rights), ApiError> {
    let Some(text) = params.text("access_token") else {
        return Err(ApiError::with(5, "no access_token passed."));
    };
    match state.tokens.get(text) {
        Some(token) if token.life == Life::Good => Ok((text.to_owned(), token.owner, token.rights)),
        Some(token) if token.life == Life::Expired => Err(ApiError::with(5, "access_token has expired.")),
        _ => Err(ApiError::with(5, "invalid access_token (4).")),
    }
}

/// Errors that were ordered for this method. An ordered captcha is passed by solving it.
fn ordered(state: &mut State, name: &str, params: &Params) -> Result<(), ApiError> {
    if let (Some(sid), Some(key)) = (params.text("captcha_sid"), params.text("captcha_key")) {
        if state.orders.solve_captcha(sid, key) {
            return Ok(());
        }
        return Err(captcha(state));
    }
    match state.orders.strike(name) {
        None => Ok(()),
        Some(14) => Err(captcha(state)),
        Some(code) => Err(ApiError::of(code)),
    }
}

fn captcha(state: &mut State) -> ApiError {
    let (sid, letters) = (state.digits(12), state.digits(5));
    state.orders.pose_captcha(sid.clone(), letters);
    let picture = state.url(&format!("captcha.php?sid={sid}&s=1"));
    ApiError::captcha(&sid, &picture)
}

fn find(name: &str, owner: Owner) -> Result<&'static Method, ApiError> {
    let community = matches!(owner, Owner::Community(_));
    if community && USER_ONLY.contains(&name) {
        return Err(ApiError::with(27, "method is unavailable with group auth."));
    }
    if !community && name == "groups.get" {
        return Ok(&GROUPS_OF_USER);
    }
    let Some(method) = METHODS.iter().find(|method| method.name == name) else {
        return Err(ApiError::of(3));
    };
    if !community && !method.for_users {
        return Err(ApiError::with(
            15,
            "no access to call this method. It cannot be called with current scopes.",
        ));
    }
    Ok(method)
}

/// The one method of a person's token that connecting needs: which communities do I administer?
static GROUPS_OF_USER: Method = public("groups.get", groups::of_user);

impl Call<'_> {
    /// The id of the calling community.
    pub(crate) fn group(&self) -> Result<i64, ApiError> {
        match self.owner {
            Owner::Community(id) => Ok(id),
            Owner::User(_) => Err(ApiError::with(15, "no access to call this method")),
        }
    }

    /// The calling community.
    pub(crate) fn community(&mut self) -> Result<&mut Community, ApiError> {
        let id = self.group()?;
        self.state.community(id).ok_or_else(|| ApiError::of(125))
    }

    /// The calling community, after `group_id` is found to name no other one.
    pub(crate) fn own_community(&mut self, required: bool) -> Result<&mut Community, ApiError> {
        let id = self.group()?;
        match self.params.int("group_id")? {
            Some(asked) if asked != id => Err(ApiError::with(27, "group_id does not belong to this token")),
            None if required => Err(ApiError::parameter("group_id is undefined")),
            _ => self.community(),
        }
    }

    fn is_banned(&self) -> bool {
        let Owner::Community(id) = self.owner else { return false };
        self.state
            .communities
            .get(&id)
            .is_some_and(|community| community.banned)
    }
}
