"""The query that an operation cannot do without, by the name of the operation."""

QUERIES = {"multichannel.usage.import": "?format=focus", "multichannel.catalog.import": "?format=licensingcsv",
           "multichannel.statements.list": "?month=2026-10", "invoices.unbilled.billing": "?provider=onetime"}
QUERIES |= {
    f"{prefix}{kind}.{way}": "?country=US&targetView=Azure" for prefix in ("", "customers.")
    for kind in ("products", "skus", "availabilities", "offercategories") for way in ("list", "get")
} | {"inventory.check": "?country=US", "customers.validationStatus.get": "?type=account",
      "compliance.agreementStatus": "?tenantId=00000000-0000-4000-8000-000000000000"}
