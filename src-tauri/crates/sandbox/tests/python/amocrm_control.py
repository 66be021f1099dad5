"""What only the control interface of a CRM gives."""

import json
import urllib.request


def special(directory, crm, what, **arguments):
    request = urllib.request.Request(
        f"{directory['control']}/vendors/{crm}/special/{what}",
        data=json.dumps(arguments).encode(),
        headers={"content-type": "application/json"},
    )
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)
