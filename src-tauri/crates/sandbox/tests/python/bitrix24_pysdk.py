"""b24pysdk, unchanged: signs in, connects an open line, takes an operator's answer from the queue, renews its token.

Argument: the directory of a sandbox as JSON.
"""

import base64
import time

from bitrix24_control import PORTAL, Desk, lead_here, signs_in
from control import directory

DIRECTORY = directory()
lead_here(DIRECTORY)

from b24pysdk import BitrixApp, BitrixToken  # noqa: E402
from b24pysdk.errors import BitrixAPIError  # noqa: E402


def signed_in():
    app = BitrixApp(client_id=DIRECTORY["bitrix24_client_id"], client_secret=DIRECTORY["bitrix24_client_secret"])
    renewed = app.get_oauth_token(signs_in(DIRECTORY, user=1))
    assert renewed.portal_domain == PORTAL, renewed.portal_domain
    token = BitrixToken.from_oauth(oauth=renewed, bitrix_app=app)
    info = token.get_app_info().result
    assert info.install.member_id == renewed.member_id and "imconnector" in info.scope
    assert renewed.validate_against_app_info(info)
    return token


def open_line(client):
    icon = {"DATA_IMAGE": "data:image/svg+xml,%3Csvg/%3E"}
    registered = client.imconnector.register("sdk_tg", "Telegram", icon, "https://example.com/handler").response
    assert registered.result == {"result": True}
    lines = client.imopenlines.config.list.get(params={"select": ["ID"], "filter": {"ACTIVE": "Y"}}).response.result
    line = int(lines[0]["ID"])
    assert client.imconnector.activate(connector="sdk_tg", line=line, active=True).response.result is True
    assert client.imconnector.status(connector="sdk_tg", line=line).response.result["STATUS"] is True
    return line


def message(text):
    return {
        "user": {"id": "anna", "name": "Анна", "phone": "+79120000077"},
        "message": {"id": f"ext-{time.monotonic_ns()}", "date": int(time.time()), "text": text},
        "chat": {"id": "anna"},
    }


def talk(client, line, desk):
    assert client.event.bind("ONIMCONNECTORMESSAGEADD", event_type="offline").response.result is True
    sent = client.imconnector.send.messages(connector="sdk_tg", line=line, messages=[message("Есть столы?")])
    assert sent.response.result["DATA"]["RESULT"][0]["SUCCESS"] is True
    [chat] = desk.chats()
    desk.does(7, "answer", chat=chat["id"], letter={"text": "Есть"})
    taken = client.event.offline.get(clear=False).response
    [event] = taken.result["events"]
    [answer] = event["EVENT_DATA"]["MESSAGES"]
    assert answer["message"]["text"].endswith("Есть") and answer["chat"]["id"] == "anna"
    assert client.event.offline.clear(process_id=taken.result["process_id"]).response.result is True
    status = {"im": answer["im"], "message": {"id": ["tg-1"], "date": int(time.time())}, "chat": {"id": "anna"}}
    done = client.imconnector.send.status.delivery(connector="sdk_tg", line=line, messages=[status]).response
    assert done.result["SUCCESS"] is True
    [chat] = desk.chats()
    assert [one["fate"] for one in chat["messages"] if one["text"] == "Есть"] == ["delivered"], chat
    config = client.pull.application.config.get().response.result
    assert config["server"]["websocket_secure"].startswith(f"wss://{PORTAL}/subws/")


def cards(token):
    batch = token.call_batch({
        "contact": ("crm.contact.add", {"fields": {"NAME": "Борис", "PHONE": [{"VALUE": "+79120000055"}]}}),
        "found": ("crm.duplicate.findbycomm", {"type": "PHONE", "values": ["89120000055"]}),
    })
    assert batch["result"]["result"]["found"] == {"CONTACT": [batch["result"]["result"]["contact"]]}
    methods = [("crm.lead.add", {"fields": {"TITLE": f"Лид {number}"}}) for number in range(120)]
    assert len(token.call_batches(methods)["result"]["result"]) == 120
    every = token.call_list("crm.lead.list", {"select": ["ID", "TITLE"]})["result"]
    assert len(every) == len({lead["ID"] for lead in every}) == 121, len(every)
    fast = list(token.call_list_fast("crm.lead.list", {"select": ["ID"]})["result"])
    assert [int(lead["ID"]) for lead in fast] == sorted(int(lead["ID"]) for lead in every)
    note = base64.b64encode(b"plan").decode()
    fields = {"ENTITY_ID": every[0]["ID"], "ENTITY_TYPE": "lead", "COMMENT": "План", "FILES": [["план.txt", note]]}
    assert token.call_method("crm.timeline.comment.add", {"fields": fields})["result"] > 0


def renews(token, desk):
    before = token.auth_token
    desk.account("expire_token")
    assert token.call_method("profile", {})["result"]["ADMIN"] is True
    assert token.auth_token != before
    try:
        token.call_method("crm.lead.get", {"id": 999999})
    except BitrixAPIError as error:
        assert "Not found" in str(error.json_response)
    else:
        raise AssertionError("a lead that is not there was found")


def main():
    desk, token = Desk(DIRECTORY), signed_in()
    client = token.get_client()
    talk(client, open_line(client), desk)
    cards(token)
    renews(token, desk)


if __name__ == "__main__":
    main()
