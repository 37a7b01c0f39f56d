"""Has Slack's own Python models accept every message and view that the tests rendered.

usage: check_rendered.py <folder of *.json>, each {"kind": "message" | "modal" | "home", "name": str, "payload": {...}}
"""

import json
import sys
from pathlib import Path

from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

# In Slack since June 2026, and in no released model yet: the tests check its shape, and this its place.
NEWER_THAN_THE_MODELS = {"data_visualization": {"type", "block_id", "title", "chart"}}


def check_newer(block: dict) -> None:
    unknown = block.keys() - NEWER_THAN_THE_MODELS[block["type"]]
    if unknown or not block.get("title") or not block.get("chart"):
        raise ValueError(f"{block['type']} with {sorted(block)}")


def check(record: dict) -> None:
    payload = record["payload"]
    if record["kind"] == "message":
        if not payload.get("text"):
            raise ValueError("a message without top-level text")
        for block in payload.get("blocks", []):
            if block.get("type") in NEWER_THAN_THE_MODELS:
                check_newer(block)
                continue
            parsed = Block.parse(block)
            if parsed is None:
                raise ValueError(f"unknown block {block.get('type')}")
            parsed.validate_json()
    else:
        View(**payload).validate_json()


def main() -> int:
    files = sorted(Path(sys.argv[1]).rglob("*.json"))
    refused = 0
    kinds: dict[str, int] = {}
    for file in files:
        record = json.loads(file.read_text(encoding="utf-8"))
        kinds[record["kind"]] = kinds.get(record["kind"], 0) + 1
        try:
            check(record)
        except Exception as error:  # every fault is reported, whatever its type
            refused += 1
            print(f"refused: {file.name} ({record['kind']} {record['name']}): {error}")
    print(f"Slack's models: {len(files)} rendered, {refused} refused, {kinds}")
    missing = {"message", "modal", "home"} - kinds.keys()
    if missing:
        print(f"nothing rendered of kind: {', '.join(sorted(missing))}")
    return 1 if refused or missing else 0


if __name__ == "__main__":
    sys.exit(main())
