"""Plays what a page of docs/howto says: its commands, and its requests with their answers.

A block may be tagged in a comment above it: `always` (played before the requests too), `refused` (the last command of
the block ends with 3), or the status of the answer to a request, where it is not 200. `$name` in a request is a variable of
the page's commands, a name that an answer has given, or a persona's token. `…` stands for what is left out.
"""

import json
import os
import pathlib
import re
import subprocess

from program import PROGRAM

ROOT = pathlib.Path(__file__).resolve().parents[2]
SUIRO = os.path.join(os.path.dirname(PROGRAM), "suiro")
BLOCK = re.compile(r"(?:^<!-- (\S+) -->\n)?^```(\w+)\n(.*?)^```$", re.M | re.S)
REFUSED = 3

UUID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
HASH = re.compile(r"\b[0-9a-f]{64}\b")
CLOCK = re.compile(r"(?<!\d)\d{1,2}:\d\d(:\d\d(\.\d+)?)?")


class Block:
    def __init__(self, tag, language, text):
        self.tag, self.language, self.text = tag, language, text

    @property
    def is_start(self):
        return self.text.startswith("make demo")

    @property
    def commands(self):
        """What is typed, without what is only said: comments, the language, and words in quotation marks."""
        lines = [re.sub(r"\s+# .*", "", line) for line in self.text.splitlines() if not line.startswith("#")]
        return [re.sub(r'"[^"$]*"', '""', line) for line in lines if line and "SUIRO_LANG" not in line]


class Page:
    def __init__(self, name, language):
        self.path = ROOT / "docs" / "howto" / f"{name}.{language}.md"
        self.language = language
        self.blocks = [Block(*found) for found in BLOCK.findall(self.path.read_text("utf-8"))]

    def of(self, *languages):
        return [block for block in self.blocks if block.language in languages]

    @property
    def clock(self):
        """When the sandbox of the page begins."""
        return re.search(r"--clock (\S+?)[ \"]", next(block.text for block in self.blocks if block.is_start))[1]


def plain(line):
    """A line as it comes out on every day and every machine."""
    return " ".join(CLOCK.sub("T", HASH.sub("HASH", UUID.sub("ID", line))).split())


class Shell:
    """Bash with `suiro` and a sandbox of one's own."""

    def __init__(self, program, page, folder):
        self.program, self.page, self.folder = program, page, folder
        self.environment = {
            "PATH": f"{os.path.dirname(SUIRO)}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8",
            "TZ": "Asia/Tokyo" if page.language == "ja" else "UTC", "SUIRO_READY_FILE": str(program.ready_file),
        }

    def play(self, blocks):
        """Runs the blocks in one shell and checks each against what the page shows under it; answers the variables."""
        commands = [block for block in blocks if block.language == "sh" and not block.is_start]
        script = ["set -uo pipefail", f"cd '{self.folder}'"]
        for number, block in enumerate(commands):
            text = re.sub(r"^export SUIRO_READY_FILE=.*$", "", block.text, flags=re.M)
            refused = block.tag == "refused"
            # A refused block keeps no variable, so it may run to its end by itself.
            script += [
                f"{'(' if refused else '{ set -e'}\n{text}\n{')' if refused else 'set +e; }'}"
                f" >out{number} 2>err{number} </dev/null; code=$?",
                f"if [ $code -ne {REFUSED if refused else 0} ]; then echo {number} $code >&2; exit 1; fi",
            ]
        script.append("set -o posix; set")
        done = subprocess.run(
            ["bash", "-c", "\n".join(script)], env=self.environment, capture_output=True, text=True, timeout=300,
            check=False,
        )
        outputs = [self._output(number) for number in range(len(commands))]
        last = max((number for number in range(len(commands)) if outputs[number] is not None), default=0)
        assert done.returncode == 0, f"{self.page.path.name}: {commands[last].text}\n{outputs[last]}\n{done.stderr}"
        for block, shown in zip(blocks, blocks[1:]):
            if block.language == "sh" and shown.language == "text":
                self._compare(block, shown, outputs[commands.index(block)])
        return dict(re.findall(r"^([a-z]\w*)='?(.*?)'?$", done.stdout, re.M))

    def _output(self, number):
        files = [self.folder / f"{name}{number}" for name in ("out", "err")]
        return "".join(file.read_text("utf-8") for file in files) if files[0].exists() else None

    def _compare(self, block, shown, output):
        """Every line of the page is a line of the output, in the same order."""
        lines = iter([plain(line) for line in output.splitlines()])
        for line in shown.text.splitlines():
            if line.strip() not in ("", "…"):
                assert any(plain(line) == each for each in lines), (
                    f"{self.page.path.name} shows after\n{block.text}the line\n{line}\nbut this came out:\n{output}"
                )


class Requests:
    """The requests of a page, one after the other."""

    def __init__(self, program, page, names):
        self.program, self.page = program, page
        self.names = dict(names, sandbox=program.ready["sandboxToken"])
        for name, persona in program.ready["personas"].items():
            self.names.setdefault(name, persona["token"])

    def play(self):
        blocks = self.page.of("http", "json", "csv")
        for number, block in enumerate(blocks):
            if block.language != "http":
                continue
            answer = self._send(block)
            following = blocks[number + 1] if number + 1 < len(blocks) else None
            if following is not None and following.language == "json":
                self._match(json.loads(following.text), answer.json, block.text + answer.text)
            elif following is not None and following.language == "csv":
                seen = [plain(line) for line in answer.text.splitlines()]
                assert [plain(line) for line in following.text.splitlines()] == seen, answer.text

    def _send(self, block):
        head, _, body = self._filled(block.text).partition("\n\n")
        (method, path), *headers = [line.split(" ", 1) for line in head.splitlines()]
        sent = {name.rstrip(":"): value for name, value in headers}
        answer = self.program.anonymous.call(method, path, body.strip() or None, headers=sent)
        expected = int(block.tag or 200)
        assert answer.status == expected, f"{self.page.path.name}: {block.text}\n{answer.status} {answer.text[:2000]}"
        return answer

    def _filled(self, text):
        return re.sub(r"\$([a-z]\w*)", lambda found: self.names[found[1]], text)

    def _match(self, shown, seen, why):
        """What the page shows is in the answer; a name that is new is given here."""
        if shown == "…":
            return
        if isinstance(shown, str) and shown.startswith("$"):
            assert self.names.setdefault(shown[1:], seen) == seen, f"{shown}: {why}"
        elif isinstance(shown, dict):
            assert isinstance(seen, dict), why
            for name, value in shown.items():
                assert name in seen or value == "…", f"{self.page.path.name}: no {name} in {why}"
                self._match(value, seen.get(name), why)
        elif isinstance(shown, list):
            whole = "…" not in shown
            items = [item for item in shown if item != "…"]
            assert len(seen) == len(items) if whole else len(seen) >= len(items), f"{len(seen)} items: {why}"
            for item, found in zip(items, seen):
                self._match(item, found, why)
        elif isinstance(shown, str) and isinstance(seen, str):
            assert plain(shown) == plain(seen), f"{self.page.path.name}: {shown} is {seen} in {why}"
        else:
            assert shown == seen, f"{self.page.path.name}: {shown} is {seen} in {why}"
