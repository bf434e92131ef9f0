"""Programs under load: started, asked whether they are ready, measured by what the kernel counted, ended."""

import os
import re
import select
import signal
import subprocess
import time
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
TICK = os.sysconf("SC_CLK_TCK")


def start(peer, database, within=60):
    """A peer that has said `ready PORT`: its process and its address."""
    process = subprocess.Popen(
        [PEERS / peer / "serve", "--database", database, "--port", "0"], stdout=subprocess.PIPE, text=True)
    ready = select.select([process.stdout], [], [], within)[0]
    match = re.fullmatch(r"ready (\d+)\s*", process.stdout.readline() if ready else "")
    if not match:
        process.kill()
        raise SystemExit(f"{peer} did not become ready")
    return process, f"http://127.0.0.1:{match[1]}"


def end(process):
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def stat(pid):
    """The parent, and the processor's seconds of a process and of its children that have ended; nothing once it is gone."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return None
    return int(fields[1]), sum(map(int, fields[11:15])) / TICK


def cpu(pid):
    """Seconds of a process and of everything it has started."""
    found = {int(name): stat(name) for name in os.listdir("/proc") if name.isdigit()}
    found = {name: value for name, value in found.items() if value}
    if pid not in found:
        raise SystemExit(f"process {pid} has ended")
    family, total = [pid], 0.0
    for member in family:
        total += found[member][1]
        family += [name for name, (parent, _) in found.items() if parent == member]
    return total


def listener(port):
    """The process that listens on a port of this machine."""
    inodes = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and int(fields[1].rsplit(":", 1)[1], 16) == port:
                inodes.add(f"socket:[{fields[9]}]")
    for name in filter(str.isdigit, os.listdir("/proc")):
        try:
            if any(os.readlink(link) in inodes for link in Path(f"/proc/{name}/fd").iterdir()):
                return int(name)
        except OSError:
            continue
    raise SystemExit(f"nobody listens on port {port}, or it is somebody else's process")


def machine():
    """What a figure should name beside itself."""
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1])
    return {
        "cores": os.cpu_count(), "memoryGiB": round(memory / 2**20), "kernel": os.uname().release,
        "loadAverage": os.getloadavg()[0], "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
    }
