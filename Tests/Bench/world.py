#!/usr/bin/env python3
"""Fills a running sandbox with a partner and its customers, and says whom to ask for.

    suiro-sandbox up --data FOLDER --port 0 --ready-file READY &
    python3 Tests/Bench/world.py READY FILE [--customers 20] [--subscriptions 100]

FILE gets a customer and a subscription a line; the partner's token is printed alone on stdout.
"""

import argparse
import json
import sys
import urllib.request
from pathlib import Path


def main():
    arguments = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("ready", type=Path, help="the sandbox's ready file")
    arguments.add_argument("file", type=Path, help="where customers and subscriptions are written to")
    arguments.add_argument("--customers", type=int, default=20)
    arguments.add_argument("--subscriptions", type=int, default=100, help="of each customer")
    options = arguments.parse_args()
    ready = json.loads(options.ready.read_text())

    def post(path, body):
        request = urllib.request.Request(
            f"{ready['url']}/sandbox/v1/{path}", json.dumps(body).encode(),
            {"Authorization": f"Bearer {ready['sandboxToken']}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    partner = post("partners", {"name": "Bench Partner", "kind": "direct", "country": "JP"})
    with options.file.open("w") as file:
        for customer in range(options.customers):
            name = {"name": f"ベンチ Customer {customer}", "country": "JP", "domain": f"bench-{customer}.example"}
            identifier = post("customers", name)["id"]
            for number in range(options.subscriptions):
                made = post("subscriptions", {
                    "customerId": identifier, "sellerPartnerId": partner["id"], "name": f"Office 365 E3 No. {number}",
                    "family": "license", "channel": "csp", "productId": "6fd2c87f-b296-42f0-b197-1e91e994b900",
                    "quantity": 1 + number})
                print(identifier, made["id"], file=file)
    print(partner["tokens"]["adminAgent"])
    print(f"{options.customers} customers with {options.subscriptions} subscriptions each", file=sys.stderr)


if __name__ == "__main__":
    main()
