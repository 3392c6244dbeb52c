"""LiteLLM's own proxy, its database replaced by tables held in memory: prisma's query engine cannot be downloaded everywhere.

usage: serve.py <file with the tables as JSON> <master key> <port>
"""

import json
import sys
from types import SimpleNamespace

import litellm.proxy.proxy_server as proxy
import uvicorn

tables, master_key, port = json.load(open(sys.argv[1])), sys.argv[2], int(sys.argv[3])


def matches(row, where):
    for name, wanted in (where or {}).items():
        value = getattr(row, name, None)
        if not isinstance(wanted, dict):
            fits = value == wanted
        else:
            fits = all(
                {"gte": lambda to: value >= to, "lte": lambda to: value <= to, "in": lambda to: value in to}[rule](to)
                for rule, to in wanted.items()
            )
        if not fits:
            return False
    return True


class Table:
    def __init__(self, rows):
        self.rows = [SimpleNamespace(**row, model_dump=lambda row=row: row) for row in rows]

    async def count(self, where=None, **_):
        return len([row for row in self.rows if matches(row, where)])

    async def find_many(self, where=None, skip=0, take=None, order=None, **_):
        found = sorted((row for row in self.rows if matches(row, where)), key=lambda row: getattr(row, "id", ""))
        found.sort(key=lambda row: getattr(row, "date", ""), reverse=True)
        return found[skip:] if take is None else found[skip : skip + take]

    async def find_unique(self, **_):
        return None

    find_first = find_unique


class Database:
    def __getattr__(self, name):
        return Table(tables.get(name, []))

    async def query_raw(self, *_):
        return []


class Client:
    db = Database()

    def __getattr__(self, _):
        async def nothing(*_args, **_kwargs):
            return None

        return nothing


proxy.prisma_client = Client()
proxy.master_key = master_key
uvicorn.run(proxy.app, host="127.0.0.1", port=port, lifespan="off", log_level="warning")
