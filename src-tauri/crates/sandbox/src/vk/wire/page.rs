//! Pages of people and communities as JSON. <https://dev.vk.com/reference/objects/user>, `…/group`.

use crate::vk::attach::picture_address;
use crate::vk::state::State;
use crate::vk::state::community::Community;
use crate::vk::state::user::{Page, User};
use serde_json::{Map, Value, json};

/// Key under which the picture of pages without a picture is stored.
pub(crate) const NO_PICTURE: &str = "camera";

/// A person with the fields that were asked for; name and state always come.
pub(crate) fn user(state: &State, user: &User, fields: &[&str]) -> Value {
    let mut value = Map::new();
    value.insert("id".into(), json!(user.id));
    if let Some(dead) = user.page.deactivated() {
        value.insert(
            "first_name".into(),
            json!(if user.page == Page::Deleted {
                "DELETED"
            } else {
                &user.first_name
            }),
        );
        value.insert(
            "last_name".into(),
            json!(if user.page == Page::Deleted {
                ""
            } else {
                &user.last_name
            }),
        );
        value.insert("deactivated".into(), json!(dead));
        return Value::Object(value);
    }
    value.insert("first_name".into(), json!(user.first_name));
    value.insert("last_name".into(), json!(user.last_name));
    value.insert("is_closed".into(), json!(user.page == Page::Closed));
    value.insert("can_access_closed".into(), json!(user.page == Page::Open));
    for field in fields {
        asked(state, user, field, &mut value);
    }
    Value::Object(value)
}

/// One field of `fields`; unknown ones are passed over, as VK does, and so is what a closed page hides.
fn asked(state: &State, user: &User, field: &str, value: &mut Map<String, Value>) {
    let open = user.page == Page::Open;
    let mut put = |name: &str, what: Value| {
        value.insert(name.to_owned(), what);
    };
    match field {
        "sex" => put("sex", json!(user.sex.code())),
        "screen_name" => put("screen_name", json!(user.screen_name)),
        "domain" => put("domain", json!(user.screen_name)),
        "photo_50" | "photo_100" | "photo_200" | "photo_200_orig" | "photo_400_orig" | "photo_max"
        | "photo_max_orig" => {
            put(field, json!(avatar(state, user.avatar.as_deref(), side(field))));
        }
        "has_photo" => put("has_photo", json!(i64::from(user.avatar.is_some()))),
        "online" => put("online", json!(i64::from(state.now() - user.last_seen < 300))),
        "last_seen" => put("last_seen", json!({"time": user.last_seen, "platform": 7})),
        "status" if open => put("status", json!(user.status)),
        "timezone" if open => put("timezone", json!(3)),
        "can_write_private_message" => put("can_write_private_message", json!(1)),
        "bdate" if open => user.bdate.iter().for_each(|date| put("bdate", json!(date))),
        "city" if open => user
            .city
            .iter()
            .for_each(|(id, title)| put("city", json!({"id": id, "title": title}))),
        "contacts" if open => user.mobile_phone.iter().for_each(|phone| {
            put("mobile_phone", json!(phone));
            put("home_phone", json!(""));
        }),
        "has_mobile" => put("has_mobile", json!(i64::from(user.mobile_phone.is_some()))),
        _ => {}
    }
}

fn side(field: &str) -> u32 {
    match field {
        "photo_50" => 50,
        "photo_100" => 100,
        "photo_200" | "photo_200_orig" => 200,
        _ => 400,
    }
}

fn avatar(state: &State, key: Option<&str>, side: u32) -> String {
    picture_address(state, key.unwrap_or(NO_PICTURE), "photo.jpg", side, side)
}

/// A community. The small pictures come unasked.
pub(crate) fn group(state: &State, community: &Community, fields: &[&str]) -> Value {
    let picture = |side| avatar(state, community.avatar.as_deref(), side);
    let mut value = json!({
        "id": community.id, "name": community.name, "screen_name": community.screen_name, "is_closed": 0, "type": "group",
        "photo_50": picture(50), "photo_100": picture(100), "photo_200": picture(200),
    });
    let Some(extra) = value.as_object_mut() else {
        return value;
    };
    if community.banned {
        extra.insert("deactivated".into(), json!("banned"));
    }
    for field in fields {
        match *field {
            "members_count" => extra.insert("members_count".into(), json!(community.members.len())),
            "can_message" => extra.insert("can_message".into(), json!(i64::from(community.messages_on))),
            "description" => extra.insert("description".into(), json!("")),
            "is_messages_blocked" => extra.insert("is_messages_blocked".into(), json!(0)),
            "photo_max" => extra.insert("photo_max".into(), json!(picture(400))),
            _ => None,
        };
    }
    value
}

/// `profiles` and `groups` of an extended answer: everybody of whom it speaks.
pub(crate) fn extended(state: &State, ids: &[i64], fields: &[&str]) -> (Value, Value) {
    // What VK adds to profiles of an extended answer when no fields are named.
    let usual = ["photo_50", "photo_100", "sex", "screen_name", "online"];
    let fields = if fields.is_empty() { &usual[..] } else { fields };
    let mut ids = ids.to_vec();
    ids.sort_unstable();
    ids.dedup();
    let people = ids
        .iter()
        .filter_map(|id| state.users.get(id))
        .map(|one| user(state, one, fields))
        .collect();
    let groups = ids
        .iter()
        .filter_map(|id| state.communities.get(&-id))
        .map(|one| group(state, one, &[]))
        .collect();
    (people, groups)
}
