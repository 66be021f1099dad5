"""amocrm-api, unchanged: its address has https and the vendor's domain built in.

So the machine's resolver is told where that domain is, and the client trusts the sandbox's authority, as `tls_ca` says.
Argument: the directory of a sandbox as JSON.
"""

import json
import os
import socket
import sys
from urllib.parse import urlsplit

DIRECTORY = json.loads(sys.argv[1])
os.environ["REQUESTS_CA_BUNDLE"] = DIRECTORY["tls_ca"]

from amocrm.v2 import Company, Contact, Lead, Pipeline, tokens  # noqa: E402
from amocrm.v2.entity.custom_field import ContactPhoneField  # noqa: E402

from amocrm_control import special  # noqa: E402


def lead_here(port):
    """Every name of the vendor is this machine, and its port 443 is the sandbox's."""
    resolve = socket.getaddrinfo

    def resolved(host, asked, *rest, **named):
        if str(host).endswith(".amocrm.ru"):
            host, asked = "127.0.0.1", port
        return resolve(host, asked, *rest, **named)

    socket.getaddrinfo = resolved


def main():
    lead_here(urlsplit(DIRECTORY["amocrm"]).port)
    manager = tokens.default_token_manager
    manager(
        client_id=DIRECTORY["amocrm_client_id"],
        client_secret=DIRECTORY["amocrm_client_secret"],
        subdomain=DIRECTORY["amocrm_subdomain"],
        redirect_url=DIRECTORY["amocrm_redirect_uri"],
        storage=tokens.MemoryTokensStorage(),
    )
    manager.init(code=special(DIRECTORY, "amocrm", "code")["code"])

    class Person(Contact):
        phone = ContactPhoneField("Телефон")

    person = Person(name="Борис")
    person.phone = "+79994445566"
    person.save()
    assert Person.objects.get(person.id).phone == "+79994445566"
    lead = Lead(name="Шкаф", price=30000)
    lead.save()
    lead.price = 31000
    lead.save()
    found = Lead.objects.get(lead.id)
    assert (found.name, found.price) == ("Шкаф", 31000)
    found.notes(text="Нужна доставка").save()
    assert [note.text for note in found.notes.objects.all()] == ["Нужна доставка"]
    assert [pipeline.name for pipeline in Pipeline.objects.all()] == ["Воронка"]
    assert list(Company.objects.all()) == []


main()
