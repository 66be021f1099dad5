//! The portal's drive: storages, folders, files. <https://apidocs.bitrix24.com/api-reference/disk/index.html>

use super::comment::files;
use super::{Answer, ApiError, Call, For, Method, method, paged};
use crate::bitrix24::php;
use crate::bitrix24::state::disk::{Object, Storage};
use serde_json::{Value, json};

pub(super) static METHODS: &[Method] = &[
    method("disk.storage.getlist", "disk", For::All, storages),
    method("disk.storage.getforapp", "disk", For::Apps, for_app),
    method("disk.storage.getchildren", "disk", For::All, children),
    method("disk.storage.addfolder", "disk", For::All, add_folder),
    method("disk.storage.uploadfile", "disk", For::All, upload),
    method("disk.folder.getchildren", "disk", For::All, children),
    method("disk.folder.addsubfolder", "disk", For::All, add_folder),
    method("disk.folder.uploadfile", "disk", For::All, upload),
    method("disk.file.get", "disk", For::All, get),
    method("disk.file.getexternallink", "disk", For::All, link),
    method("disk.file.delete", "disk", For::All, delete),
];

/// Storages exist since the portal does; they are made here when first asked for.
fn all(call: &mut Call<'_>) -> Vec<Storage> {
    let now = call.state.date();
    call.state.disk.storage("common", "shared_files_s1", "Общий диск", &now);
    for one in call.state.portal.staff.clone() {
        call.state
            .disk
            .storage("user", &one.id.to_string(), &one.full_name(), &now);
    }
    call.state.disk.storages.clone()
}

fn storage_shown(storage: &Storage) -> Value {
    json!({
        "ID": storage.id.to_string(), "NAME": storage.name, "CODE": null, "MODULE_ID": "disk", "ENTITY_TYPE": storage.of,
        "ENTITY_ID": storage.owner, "ROOT_OBJECT_ID": storage.root.to_string(),
    })
}

fn storages(call: &mut Call<'_>) -> Answer {
    let wanted = crate::bitrix24::crm::filter::of_value(call.params.get("filter"));
    let rows = all(call)
        .iter()
        .filter(|one| one.of != "restapp")
        .map(storage_shown)
        .collect::<Vec<_>>();
    let passes = |row: &Value| crate::bitrix24::crm::filter::passes(&wanted, &|name| php::member(row, name).clone());
    let rows = rows.into_iter().filter(passes).collect();
    Ok(paged(rows, call.params.int("start")))
}

fn for_app(call: &mut Call<'_>) -> Answer {
    let (app, now) = (call.app(), call.state.date());
    let number = call.state.access.app(&app).map_or(0, |app| app.id).to_string();
    Ok(storage_shown(&call.state.disk.storage("restapp", &number, &app, &now)).into())
}

fn wrong() -> ApiError {
    ApiError::bad("ERROR_ARGUMENT", "Invalid value of parameter {Parameter #0}")
}

/// The folder that `id` names: a folder, or the root of a storage.
fn folder(call: &mut Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("id").ok_or_else(wrong)?;
    let not_found = || ApiError::bad("ERROR_NOT_FOUND", &format!("Could not find entity with id `{id}`"));
    if call.name.starts_with("disk.storage.") {
        let storages = all(call);
        return storages
            .iter()
            .find(|one| one.id == id)
            .map(|one| one.root)
            .ok_or_else(not_found);
    }
    all(call);
    let found = call.state.disk.objects.get(&id).filter(|one| one.file.is_none());
    found.map(|one| one.id).ok_or_else(not_found)
}

fn shown(call: &Call<'_>, object: &Object) -> Value {
    let text = |number: i64| number.to_string();
    let kind = if object.file.is_some() { "file" } else { "folder" };
    let path = match &call.caller.app {
        Some(_) => format!(
            "/rest/download.json?auth={}&",
            call.params.text("auth").unwrap_or_default()
        ),
        None => format!("/rest/{}/download/?", call.caller.name),
    };
    let download = call.state.url(&format!("{path}token=disk%7C{}", object.id));
    let mut about = json!({
        "ID": text(object.id), "NAME": object.name, "CODE": null, "STORAGE_ID": text(object.storage), "TYPE": kind,
        "PARENT_ID": object.parent.map(text), "DELETED_TYPE": "0", "CREATE_TIME": object.created,
        "UPDATE_TIME": object.created, "DELETE_TIME": null, "CREATED_BY": text(object.by), "UPDATED_BY": text(object.by),
        "DELETED_BY": null, "DETAIL_URL": call.state.url(&format!("/docs/file/{}", object.name)),
    });
    if let (Value::Object(about), Some(file)) = (&mut about, &object.file) {
        about.insert("GLOBAL_CONTENT_VERSION".to_owned(), 1.into());
        about.insert("FILE_ID".to_owned(), (object.id + 20_000).into());
        about.insert("SIZE".to_owned(), file.data.len().to_string().into());
        about.insert("DOWNLOAD_URL".to_owned(), download.into());
    }
    about
}

fn children(call: &mut Call<'_>) -> Answer {
    let folder = folder(call)?;
    let inside = call
        .state
        .disk
        .objects
        .values()
        .filter(|one| one.parent == Some(folder));
    let rows = inside.map(|one| shown(call, one)).collect();
    Ok(paged(rows, call.params.int("start")))
}

fn add_folder(call: &mut Call<'_>) -> Answer {
    let folder = folder(call)?;
    let name = php::text(php::member(call.params.get("data"), "NAME"));
    if name.is_empty() {
        return Err(ApiError::argument("NAME"));
    }
    put(call, folder, &name, None)
}

/// `data[NAME]`, `fileContent` as a pair of name and base64 (or only the latter).
fn upload(call: &mut Call<'_>) -> Answer {
    let folder = folder(call)?;
    let given = call.params.get("fileContent").clone();
    let given_name = php::text(php::member(call.params.get("data"), "NAME"));
    let pair = match given {
        Value::Array(list) => Value::Array(list),
        single => json!([given_name, single]),
    };
    let mut found = files(&json!([pair]))?;
    let mut file = found
        .pop()
        .ok_or_else(|| ApiError::bad("ERROR_ARGUMENT", "Invalid value of parameter {fileContent}"))?;
    if !given_name.is_empty() {
        file.name = given_name;
    }
    let name = file.name.clone();
    put(call, folder, &name, Some(file))
}

fn put(call: &mut Call<'_>, folder: i64, name: &str, file: Option<crate::media::Media>) -> Answer {
    let mut name = name.to_owned();
    if call.state.disk.taken(folder, &name) {
        if !call.params.flag("generateUniqueName") {
            return Err(ApiError::bad(
                "DISK_OBJ_22000",
                "Файл или папка с таким именем уже существует",
            ));
        }
        let number = call.state.disk.number();
        name = match name.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
            None => format!("{name} ({number})"),
        };
    }
    let (by, now) = (call.caller.user, call.state.date());
    let id = call.state.disk.put(folder, &name, file, by, now);
    let object = id.and_then(|id| call.state.disk.objects.get(&id)).cloned();
    object.map(|object| shown(call, &object).into()).ok_or_else(wrong)
}

fn file(call: &Call<'_>) -> Result<i64, ApiError> {
    let id = call.params.int("id").ok_or_else(wrong)?;
    match call.state.disk.file(id) {
        Some(_) => Ok(id),
        None => Err(ApiError::bad(
            "ERROR_NOT_FOUND",
            &format!("Could not find entity with id `{id}`"),
        )),
    }
}

fn get(call: &mut Call<'_>) -> Answer {
    let id = file(call)?;
    let object = call.state.disk.objects.get(&id);
    object.map(|object| shown(call, object).into()).ok_or_else(wrong)
}

/// The link that people send each other: it shows a page first.
fn link(call: &mut Call<'_>) -> Answer {
    let id = file(call)?;
    Ok(json!(call.state.short_link(id, true)).into())
}

fn delete(call: &mut Call<'_>) -> Answer {
    let id = file(call)?;
    call.state.disk.objects.remove(&id);
    Ok(json!(true).into())
}
