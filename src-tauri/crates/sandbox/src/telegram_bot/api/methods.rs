//! The table of methods. Names are compared without letter case, as the server does.

use crate::telegram_bot::api::error::Answer;
use crate::telegram_bot::api::request::Request;
use crate::telegram_bot::api::{
    account, callbacks, chats, delete, edit, files, forward, react, send_album, send_file, send_other, send_text,
    webhook,
};
use crate::telegram_bot::state::State;

/// A method that is answered at once.
pub(crate) type Run = fn(&mut State, &Request) -> Answer;

/// How a method runs.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Method {
    /// The long poll.
    GetUpdates,
    /// Everything else.
    Immediate(Run),
}

/// Looks a method up.
pub(crate) fn find(name: &str) -> Option<Method> {
    let run: Run = match name.to_ascii_lowercase().as_str() {
        "getupdates" => return Some(Method::GetUpdates),
        "setwebhook" => webhook::set_webhook,
        "deletewebhook" => webhook::delete_webhook,
        "getwebhookinfo" => webhook::get_webhook_info,

        "getme" => account::get_me,
        "logout" => account::log_out,
        "close" => account::close,
        "getmycommands" => account::get_my_commands,
        "setmycommands" => account::set_my_commands,
        "deletemycommands" => account::delete_my_commands,
        "getmyname" => account::get_my_name,
        "getmydescription" => account::get_my_description,
        "getmyshortdescription" => account::get_my_short_description,

        "sendmessage" => send_text::send_message,
        "sendchataction" => send_text::send_chat_action,
        "sendphoto" => send_file::send_photo,
        "senddocument" => send_file::send_document,
        "sendvideo" => send_file::send_video,
        "sendanimation" => send_file::send_animation,
        "sendaudio" => send_file::send_audio,
        "sendvoice" => send_file::send_voice,
        "sendvideonote" => send_file::send_video_note,
        "sendsticker" => send_file::send_sticker,
        "sendmediagroup" => send_album::send_media_group,
        "sendlocation" => send_other::send_location,
        "sendvenue" => send_other::send_venue,
        "sendcontact" => send_other::send_contact,
        "sendpoll" => send_other::send_poll,
        "senddice" => send_other::send_dice,
        "forwardmessage" => forward::forward_message,
        "forwardmessages" => forward::forward_messages,
        "copymessage" => forward::copy_message,
        "copymessages" => forward::copy_messages,

        "editmessagetext" => edit::edit_message_text,
        "editmessagecaption" => edit::edit_message_caption,
        "editmessagemedia" => edit::edit_message_media,
        "editmessagereplymarkup" => edit::edit_message_reply_markup,
        "deletemessage" => delete::delete_message,
        "deletemessages" => delete::delete_messages,
        "setmessagereaction" => react::set_message_reaction,
        "answercallbackquery" => callbacks::answer_callback_query,

        "getfile" => files::get_file,
        "getuserprofilephotos" => files::get_user_profile_photos,
        "getchat" => chats::get_chat,
        "getchatmember" => chats::get_chat_member,
        "getchatadministrators" => chats::get_chat_administrators,
        "getchatmembercount" => chats::get_chat_member_count,
        "leavechat" => chats::leave_chat,
        _ => return None,
    };
    Some(Method::Immediate(run))
}
