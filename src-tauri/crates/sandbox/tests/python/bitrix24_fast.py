"""fast_bitrix24, unchanged: an incoming webhook, batches, lists of several pages, its own pace.

Argument: the directory of a sandbox as JSON.
"""

from urllib.parse import urlsplit

from bitrix24_control import PORTAL, lead_here
from control import directory

DIRECTORY = directory()
lead_here(DIRECTORY)

from fast_bitrix24 import Bitrix  # noqa: E402


def main():
    webhook = f"https://{PORTAL}{urlsplit(DIRECTORY['bitrix24_webhook']).path}"
    portal = Bitrix(webhook, verbose=False)
    fields = [{"fields": {"NAME": f"Клиент {number}", "PHONE": [{"VALUE": f"+7912000{number:04}"}]}} for number in range(120)]
    added = portal.call("crm.contact.add", fields)
    assert len(set(added)) == 120
    contacts = portal.get_all("crm.contact.list", {"select": ["ID", "NAME"], "filter": {"%NAME": "Клиент"}})
    # The batches go side by side: the answers come in no order.
    ids = {one["NAME"]: int(one["ID"]) for one in contacts}
    assert set(ids.values()) == set(added)
    details = portal.get_by_ID("crm.contact.get", [ids[f"Клиент {number}"] for number in range(60)])
    assert details[str(ids["Клиент 7"])]["PHONE"][0]["VALUE"] == "+79120000007"
    portal.call("crm.deal.add", {"fields": {"TITLE": "Стол", "CONTACT_ID": added[0]}})
    stages = portal.get_all("crm.status.list", {"filter": {"ENTITY_ID": "DEAL_STAGE"}})
    assert [stage["STATUS_ID"] for stage in stages][0] == "NEW"
    items = portal.get_all("crm.item.list", {"entityTypeId": 2, "filter": {"%title": "Стол"}})
    assert [item["title"] for item in items] == ["Стол"]


if __name__ == "__main__":
    main()
