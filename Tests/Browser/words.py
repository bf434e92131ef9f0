"""The sentences of the catalogue, so that tests look for what a person would read and not for how a page is made."""

import json
import re
from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "Sources" / "SuiroAssets" / "Resources" / "Words"
_ENTRIES = {}
for _file in sorted(_FOLDER.glob("*.xcstrings")):
    _ENTRIES.update(json.loads(_file.read_text(encoding="utf-8"))["strings"])


class Words:
    def __init__(self, language):
        self.language = language

    def __call__(self, key, **arguments):
        """The sentence, its arguments filled in; plural by `count`."""
        entry = _ENTRIES[key]["localizations"][self.language]
        if "variations" in entry:
            forms = entry["variations"]["plural"]
            entry = forms["one"] if arguments.get("count") == 1 and "one" in forms else forms["other"]
        text = entry["stringUnit"]["value"]
        return re.sub(r"%\((\w+)\)", lambda match: str(arguments.get(match[1], match[0])), text)

    def until(self, key, **arguments):
        """The sentence as far as the first argument that is not given."""
        return self(key, **arguments).split("%(")[0]
