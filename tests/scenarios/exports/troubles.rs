use std::fs;

use serde_json::json;
use tests::World;

use super::{a_talk, names, openpyxl, orders, path, sees};
use crate::victim::Victim;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn killed_anywhere_no_half_file_stands_under_its_name_and_the_next_start_makes_it() {
    let mut world = World::start().await;
    a_talk(&world).await;
    for point in reports::export::POINTS {
        world.app.stop().await;
        let mut victim = Victim::start(&world, point);
        victim.asks(
            "exports.start",
            &json!({ "first_day": "2020-01-01", "last_day": "2029-12-30" }),
        );
        victim.dies(point).await;
        let whole: Vec<String> = names(&world.place)
            .into_iter()
            .filter(|name| !name.ends_with(".part"))
            .collect();
        assert_eq!(
            whole.len(),
            usize::from(*point == "export.renamed"),
            "{point}: {whole:?}"
        );

        world.restart().await;
        let olga = world.operator();
        let id = olga.does("exports.list", json!({})).await[0]["id"].clone();
        let row = sees(&olga, &id, "done").await;
        assert_eq!(names(&world.place), [row["name"].as_str().unwrap()], "{point}");
        assert_eq!(
            openpyxl(&path(&row))[0]["rows"].as_array().unwrap().len(),
            15,
            "{point}"
        );
        olga.does("exports.delete", json!({ "export_id": id })).await;
        assert!(names(&world.place).is_empty(), "{point}");
    }
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_is_named_and_leaves_nothing_and_then_it_works() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    for format in ["xlsx", "csv", "jsonl", "html"] {
        fail::cfg("export.disk", "return").unwrap();
        let order = json!({ "first_day": "2020-01-01", "last_day": "2029-12-30", "format": format });
        let id = olga.does("exports.start", order).await["export_id"].clone();
        let row = sees(&olga, &id, "failed").await;
        assert_eq!(row["reason"]["key"], "exports.error.disk_full", "{format} {row}");
        assert!(row["reason"]["params"]["folder"].is_string());
        assert!(names(&world.place).is_empty(), "{format}");

        fail::remove("export.disk");
        olga.does("exports.repeat", json!({ "export_id": id })).await;
        let row = sees(&olga, &id, "done").await;
        assert!(path(&row).exists());
        olga.does("exports.delete", json!({ "export_id": id })).await;
    }
    world.stop_expecting(&["could not be made"]).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_cannot_be_ordered_names_the_field_and_orders_nothing() {
    let world = World::start().await;
    let olga = world.operator();
    for (first, last, field, key) in [
        ("2026-11-02", "2026-11-01", "last_day", "exports.error.backwards"),
        ("2026-02-30", "2026-03-01", "first_day", "exports.error.no_day"),
        ("2026-02-01", "", "last_day", "exports.error.no_day"),
        ("0026-02-01", "2026-02-01", "first_day", "exports.error.too_long"),
    ] {
        let order = json!({ "first_day": first, "last_day": last });
        let error = world.app.call("exports.start", order).await.unwrap_err();
        assert_eq!((error.field.as_deref(), &*error.reason.key), (Some(field), key));
    }
    // Where the folder should be is a file.
    fs::write(world.place.exports(), "").unwrap();
    let order = json!({ "first_day": "2026-11-01", "last_day": "2026-11-02" });
    let error = world.app.call("exports.start", order.clone()).await.unwrap_err();
    assert_eq!(error.field.as_deref(), Some("folder"));
    assert!(error.reason.key.starts_with("exports.error."), "{error:?}");
    assert_eq!(olga.does("exports.list", json!({})).await, json!([]));

    fs::remove_file(world.place.exports()).unwrap();
    let id = olga.does("exports.start", order).await["export_id"].clone();
    assert_eq!(
        sees(&olga, &id, "done").await["empty"],
        true,
        "nobody wrote on those days"
    );
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_file_that_is_stopped_leaves_nothing_and_can_be_made_again() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    // The disk is slow until somebody has stopped it.
    fail::cfg("export.page", "pause").unwrap();
    let order = json!({ "first_day": "2020-01-01", "last_day": "2029-12-30" });
    let id = olga.does("exports.start", order).await["export_id"].clone();
    sees(&olga, &id, "running").await;
    olga.does("exports.cancel", json!({ "export_id": id })).await;
    fail::remove("export.page");
    let row = sees(&olga, &id, "cancelled").await;
    assert_eq!((&row["bytes"], &row["missing"]), (&json!(0), &json!(false)));
    olga.until("an empty folder", || async {
        names(&world.place).is_empty().then_some(())
    })
    .await;

    olga.does("exports.repeat", json!({ "export_id": id })).await;
    let row = sees(&olga, &id, "done").await;
    fs::remove_file(path(&row)).unwrap();
    assert_eq!(sees(&olga, &id, "done").await["missing"], true);
    assert!(world.app.export(id.as_i64().unwrap()).await.is_err());
    world.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_files_of_one_name_stand_beside_each_other() {
    let world = World::start().await;
    a_talk(&world).await;
    let olga = world.operator();
    let (one, other) = (orders(&olga, json!({})).await, orders(&olga, json!({})).await);
    assert!(path(&one).exists() && path(&other).exists());
    assert!(other["name"].as_str().unwrap().ends_with(" (2).xlsx"), "{other}");
    world.stop().await;
}
