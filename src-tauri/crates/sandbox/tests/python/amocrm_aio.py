"""aioamocrm, unchanged but for its base address: tokens, cards, notes, tasks, fields, pages, refusals.

Argument: the directory of a sandbox as JSON.
"""

import asyncio
import json
import sys

from aioamocrm import AmoCRMClient, AuthError, Lead, LongLivedToken, MemoryTokenStorage, Note, OAuth2, ValidationError

from amocrm_control import special

DIRECTORY = json.loads(sys.argv[1])
BASE = DIRECTORY["amocrm"]


async def cards():
    async with AmoCRMClient(base_url=BASE, auth=LongLivedToken(DIRECTORY["amocrm_token"])) as amo:
        account = await amo.account.get(with_=["amojo_id"])
        assert account.subdomain == "lesnaya" and account.amojo_id == DIRECTORY["amojo_account_id"]
        pipeline = (await amo.pipelines.list())[0]
        contact = {"name": "Анна", "custom_fields_values": [{"field_code": "PHONE", "values": [{"value": "+79991112233"}]}]}
        anna = (await amo.contacts.create([contact]))[0].id
        leads = await amo.leads.create([{"name": f"Сделка {number}", "price": number} for number in range(60)])
        assert len(leads) == 60
        found = [lead async for lead in amo.leads.iterate(limit=25)]
        assert len(found) == 60, len(found)
        lead = leads[0].id
        await amo.leads.update([{"id": lead, "status_id": 142}])
        assert (await amo.leads.get(lead)).closed_at
        await amo.leads.notes.create([Note.common(lead, "Звонила клиентка")])
        notes = [note async for note in amo.leads.notes.iterate(entity_id=lead)]
        assert notes[0].params["text"] == "Звонила клиентка"
        await amo.tasks.create([{"text": "Перезвонить", "complete_till": 1900000000, "entity_id": lead, "entity_type": "leads"}])
        assert [task.text async for task in amo.tasks.iterate()] == ["Перезвонить"]
        fields = [field async for field in amo.contacts.custom_fields.iterate()]
        assert {"PHONE", "EMAIL"} <= {field.code for field in fields}
        found = [one async for one in amo.contacts.iterate(query="79991112233")]
        assert [one.id for one in found] == [anna] and found[0].field_values("PHONE") == ["+79991112233"]
        assert pipeline.statuses if hasattr(pipeline, "statuses") else pipeline.embedded.statuses
        try:
            await amo.leads.create([Lead(name="Нет такого этапа", status_id=1)])
            raise AssertionError("an unknown column is refused")
        except ValidationError as error:
            assert "status_id" in str(error.body), error


async def tokens():
    storage = MemoryTokenStorage()
    auth = OAuth2(
        client_id=DIRECTORY["amocrm_client_id"],
        client_secret=DIRECTORY["amocrm_client_secret"],
        redirect_uri=DIRECTORY["amocrm_redirect_uri"],
        storage=storage,
    )
    async with AmoCRMClient(base_url=BASE, auth=auth) as amo:
        await amo.exchange_code(special(DIRECTORY, "amocrm", "code")["code"])
        assert (await amo.account.get()).id
        await auth.refresh(amo._endpoint)
        assert (await amo.account.get()).id
    async with AmoCRMClient(base_url=BASE, auth=LongLivedToken("wrong")) as amo:
        try:
            await amo.account.get()
            raise AssertionError("a wrong token is refused")
        except AuthError as error:
            assert error.status_code == 401


async def main():
    await cards()
    await tokens()


asyncio.run(main())
