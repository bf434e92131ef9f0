#!/usr/bin/env python3
"""How much of a processor Tryton takes for what a partner does all day: create a customer, create a subscription, list a
hundred. Prints the processor's seconds a request, and what was measured, as JSON.

    .venv-bench/bin/python Tests/Bench/peers/tryton/measure.py [--requests 200] [--rounds 3]

One process, a SQLite file of its own that is gone afterwards, no socket: each request goes through Tryton's WSGI
application as its client sends it, JSON-RPC with a session, access rights of a sales user, and one transaction.
"""

import argparse
import base64
import contextlib
import datetime
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import warnings
from decimal import Decimal
from importlib import metadata
from pathlib import Path

NAME, PASSWORD = "bench", "a long sentence for the bench"
# The last is what is activated; it brings the others along, with products, invoices and accounts.
MODULES = ["trytond", "trytond_party", "trytond_sale", "trytond_sale_subscription"]
LIST = 100
FIELDS = [
    "number", "reference", "party", "party.rec_name", "start_date", "end_date", "state", "currency.rec_name",
    "invoice_recurrence.rec_name", "lines", "rec_name", "_timestamp",
]


def prepare(folder):
    """A database with a company, accounts, a sales user and one service to subscribe to."""
    configuration, password = Path(folder, "trytond.conf"), Path(folder, "password")
    configuration.write_text(f"[database]\nuri = sqlite://\npath = {folder}\n")
    password.write_text(PASSWORD)
    # Tryton takes an empty file for a database that is still to be filled.
    Path(folder, f"{NAME}.sqlite").touch()
    subprocess.run(
        [Path(sys.executable).parent / "trytond-admin", "-c", configuration, "-d", NAME, "-u", "sale_subscription",
         "--activate-dependencies", "--email", "admin@bench.example"],
        check=True, stdout=sys.stderr, env=os.environ | {"TRYTONPASSFILE": str(password)})

    os.environ["DB_NAME"] = NAME
    os.environ.pop("TRYTOND_DATABASE_URI", None)
    from trytond import config

    config.update_etc(str(configuration))
    from proteus import Model
    from proteus.config import _CONFIG, TrytondConfig
    from trytond.modules.account.tests.tools import create_chart, get_accounts
    from trytond.modules.company.tests.tools import create_company

    with environment_of(f"sqlite:///{NAME}"):
        _CONFIG.current = TrytondConfig(f"sqlite:///{NAME}", "admin", str(configuration))
    create_company()
    create_chart()

    recurrence = Model.get("sale.subscription.recurrence.rule.set")(name="Monthly")
    rule, = recurrence.rules
    rule.freq, rule.interval = "monthly", 1
    recurrence.save()
    category = Model.get("product.category")(name="Licences", accounting=True)
    category.account_revenue = get_accounts()["revenue"]
    category.save()
    unit, = Model.get("product.uom").find([("name", "=", "Unit")])
    template = Model.get("product.template")(name="Office 365 E3", type="service", list_price=Decimal("20"))
    template.default_uom, template.account_category = unit, category
    template.save()
    service = Model.get("sale.subscription.service")(product=template.products[0], consumption_recurrence=recurrence)
    service.save()

    user = Model.get("res.user")(name="Sale", login="sale", password=PASSWORD)
    groups = Model.get("res.group").find([("name", "in", ["Sales", "Party"])])
    for group in groups:
        user.groups.append(group)
    company, = Model.get("company.company").find()
    user.companies.append(company)
    user.company = company
    user.save()
    return {"service": service.id, "unit": unit.id, "recurrence": recurrence.id, "company": company.id,
            "currency": company.currency.id}


@contextlib.contextmanager
def environment_of(uri):
    """proteus leaves the address of the database in the environment, where it would overrule the settings."""
    try:
        yield uri
    finally:
        os.environ.pop("TRYTOND_DATABASE_URI", None)


class Client:
    """Tryton's own protocol, without a socket."""

    def __init__(self):
        from trytond.application import app
        from werkzeug.test import Client as TestClient

        self.client, self.headers, self.count = TestClient(app), {}, 0
        user, token, *_ = self.call("common.db.login", "sale", {"password": PASSWORD})
        session = base64.b64encode(f"sale:{user}:{token}".encode()).decode()
        self.headers = {"Authorization": f"Session {session}"}
        self.context = self.call("model.res.user.get_preferences", True, {})

    def call(self, method, *parameters):
        self.count += 1
        answer = self.client.post(
            f"/{NAME}/rpc/", data=json.dumps({"id": self.count, "method": method, "params": parameters}),
            content_type="application/json", headers=self.headers)
        body = answer.get_json()
        if answer.status_code != 200 or "error" in body:
            raise SystemExit(f"{method}: {answer.status_code} {json.dumps(body)[:2000]}")
        return body["result"]


def date(day):
    return {"__class__": "date", "year": day.year, "month": day.month, "day": day.day}


def create_customer(client, number):
    party = {"name": f"Customer {number}", "addresses": [["create", [{"street": "1 Canal Street", "city": "Sakai"}]]]}
    return client.call("model.party.party.create", [party], client.context)[0]


def create_subscription(client, made, party, number):
    start = date(datetime.date(2026, 11, 24))
    line = {"service": made["service"], "quantity": 1 + number % 100, "unit": made["unit"], "start_date": start,
            "unit_price": {"__class__": "Decimal", "decimal": "20"}, "consumption_recurrence": made["recurrence"],
            "description": "Office 365 E3"}
    wish = {"party": party, "company": made["company"], "currency": made["currency"], "start_date": start,
            "invoice_recurrence": made["recurrence"], "reference": f"S-{number}", "lines": [["create", [line]]]}
    return client.call("model.sale.subscription.create", [wish], client.context)[0]


def list_subscriptions(client):
    found = client.call(
        "model.sale.subscription.search_read", [["state", "=", "draft"]], 0, LIST, None, FIELDS, client.context)
    if len(found) != LIST or not found[0]["party."]["rec_name"].startswith("Customer"):
        raise SystemExit(f"a list of {len(found)}")


def seconds(requests, work):
    began = time.process_time()
    for number in range(requests):
        work(number)
    return (time.process_time() - began) / requests


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--requests", type=int, default=200, help="of each kind, each round")
    arguments.add_argument("--rounds", type=int, default=3, help="medians are told")
    options = arguments.parse_args()
    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory(prefix="suiro-tryton-") as folder:
        made = prepare(folder)
        client = Client()
        # Caches are filled before anything counts, and there is a list of a hundred.
        parties = [create_customer(client, number) for number in range(10)]
        for number in range(LIST):
            create_subscription(client, made, parties[number % len(parties)], number)
        list_subscriptions(client)
        work = {
            "createCustomer": lambda number: create_customer(client, number),
            "createSubscription": lambda number: create_subscription(
                client, made, parties[number % len(parties)], number),
            "list100": lambda number: list_subscriptions(client),
        }
        rounds = [{name: seconds(options.requests, each) for name, each in work.items()}
                  for _ in range(options.rounds)]
    print(json.dumps({
        "program": "tryton", "versions": {module: metadata.version(module) for module in MODULES},
        "requests": options.requests, "rounds": options.rounds, "database": "sqlite",
        "cpuSecondsPerRequest": {name: statistics.median(each[name] for each in rounds) for name in work},
    }, indent=2))


if __name__ == "__main__":
    main()
