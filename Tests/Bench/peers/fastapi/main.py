"""The peer on FastAPI: uvicorn with uvloop and httptools, one process, sqlite3 or asyncpg."""

import argparse
import socket
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from typing import Annotated

import orjson
import uvicorn
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field

import wire
from databases import database

arguments = argparse.ArgumentParser()
arguments.add_argument("--database", required=True)
arguments.add_argument("--port", type=int, default=0)
options = arguments.parse_args()
store = database(options.database)


@asynccontextmanager
async def lifespan(_):
    await store.open()
    yield
    await store.close()


app = FastAPI(lifespan=lifespan, openapi_url=None)


class Transition(BaseModel):
    state: Annotated[str, Field(min_length=1, max_length=100)]
    note: Annotated[str, Field(max_length=1000)]


def answer(value, status=200):
    return Response(orjson.dumps(value), status, media_type="application/json")


@app.get("/subscriptions/{identifier}")
async def subscription(identifier: str):
    row = await store.subscription(identifier.lower())
    return answer({"code": "NOT_FOUND"}, 404) if row is None else answer(wire.subscription(row))


@app.get("/customers/{customer}/subscriptions")
async def subscriptions(customer: str):
    customer = customer.lower()
    return answer(wire.collection(await store.subscriptions(customer), f"/customers/{customer}/subscriptions"))


@app.post("/customers/{customer}/transitions")
async def add(customer: str, body: Transition):
    customer = customer.lower()
    at = datetime.now(timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    entity = await store.add(customer, body.state, body.note, at)
    if entity is None:
        return answer({"code": "NOT_FOUND"}, 404)
    return answer(
        {"id": entity, "customerId": customer, "state": body.state, "note": body.note, "createdAt": at, "revision": 1},
        201)


class Server(uvicorn.Server):
    """Says its port once it listens."""

    async def startup(self, sockets=None):
        await super().startup(sockets)
        if self.started:
            print("ready", sockets[0].getsockname()[1], flush=True)


listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind(("127.0.0.1", options.port))
Server(uvicorn.Config(app, loop="uvloop", http="httptools", log_level="warning", access_log=False)).run([listener])
