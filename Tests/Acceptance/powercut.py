"""Plays power cuts: from the notes of native/powercut.c, what a disk could hold at any moment of a program's life."""

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path

SOURCE = Path(__file__).parent / "native" / "powercut.c"
SECTOR = 512


def built(folder):
    """The library that takes the notes, compiled here."""
    library = folder / "powercut.so"
    subprocess.run(["cc", "-O1", "-Wall", "-shared", "-fPIC", "-o", str(library), str(SOURCE), "-ldl", "-lpthread"],
                   check=True)
    return library


class Journal:
    """The notes in order, each with the place in the journal where it ends."""

    def __init__(self, path):
        self.notes, self.names = [], {}
        data = Path(path).read_bytes()
        place = 0
        while (end := data.find(b"\n", place)) >= 0:
            kind, file, offset, length = data[place:end].decode().split()
            file, offset, length = int(file), int(offset), int(length)
            body = data[end + 1 : end + 1 + length] if kind in "WN" else b""
            if kind in "WN" and len(body) < length:
                break
            place = end + 1 + len(body)
            if kind == "N":
                self.names[file] = body.decode()
            self.notes.append((place, kind, file, offset, body))

    def cut(self, place, chance, into):
        """Writes into a folder what the disk could hold if the power went when the journal was `place` long: all that
        was synced, and of the later writes each sector or not."""
        files, pending = {}, {}
        for end, kind, file, offset, body in self.notes:
            if end > place:
                break
            if kind in "WTU":
                pending.setdefault(file, []).append((kind, offset, body))
            elif kind == "S":
                for each in pending.pop(file, []):
                    apply(files, file, *each)
                # A folder's sync makes it so that what was removed from it is gone.
                for other, notes in pending.items():
                    removals = [number for number, note in enumerate(notes) if note[0] == "U"]
                    if removals and os.path.dirname(self.names[other]) == self.names[file]:
                        files.pop(other, None)
                        del notes[: removals[-1] + 1]
        for file, notes in pending.items():
            for kind, offset, body in notes:
                if kind != "W":
                    if chance.random() < 0.5:
                        apply(files, file, kind, offset, body)
                    continue
                for start in range(0, len(body), SECTOR):
                    if chance.random() < 0.5:
                        apply(files, file, "W", offset + start, body[start : start + SECTOR])
        for file, content in files.items():
            (into / Path(self.names[file]).name).write_bytes(content)


def apply(files, file, kind, offset, body):
    if kind == "U":
        files.pop(file, None)
        return
    content = files.setdefault(file, bytearray())
    if kind == "T":
        del content[offset:]
        content.extend(bytes(offset - len(content)))
    else:
        if len(content) < offset:
            content.extend(bytes(offset - len(content)))
        content[offset : offset + len(body)] = body


def examine(folder):
    """What a recovered database says: whether it is whole, its subscriptions, and the gaps in its log."""
    (file,) = folder.glob("*.sqlite")
    connection = sqlite3.connect(file)
    try:
        whole = connection.execute("PRAGMA integrity_check").fetchone()[0]
        ids = {row[0] for row in connection.execute("SELECT id FROM subscription")}
        gaps = connection.execute(
            "SELECT scope, COUNT(*), MAX(sequence), MIN(sequence) FROM event_log GROUP BY scope"
        ).fetchall()
        broken = [row for row in gaps if row[1] != row[2] - row[3] + 1]
    except sqlite3.DatabaseError as error:
        return f"{error}", set(), []
    finally:
        connection.close()
    return whole, ids, broken


def emptied(folder):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    return folder
