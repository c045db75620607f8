"""Drives Chromium through screen.mjs: opens a page and tells when a word is seen on it."""

import json
import os
import select
import subprocess

from measure import Failed
from peers import HERE
from servers import end

GRACE = 60  # seconds in which the browser answers beyond what it was asked to wait


class Screen:
    """One browser window. `with Screen(log) as screen:` starts it and ends it with its driver."""

    def __init__(self, log):
        self.log = log

    def __enter__(self):
        with open(self.log, "wb") as sink:
            self.process = subprocess.Popen(["node", os.path.join(HERE, "screen.mjs")], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=sink)
        return self

    def __exit__(self, *_):
        try:
            self.process.stdin.close()  # the driver closes the browser and ends
            self.process.wait(20)
        except (OSError, subprocess.TimeoutExpired):
            end(self.process)

    def ask(self, within=0, **question):
        """Sends a question, gives the answer. Raises `Failed`."""
        try:
            self.process.stdin.write(json.dumps(question).encode() + b"\n")
            self.process.stdin.flush()
            ready, _, _ = select.select([self.process.stdout], [], [], within + GRACE)
            answer = json.loads(self.process.stdout.readline()) if ready else {"error": "no answer in time"}
        except (OSError, ValueError) as error:
            answer = {"error": str(error)}
        if "error" in answer:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                raise Failed(f"the browser: {answer['error']}\n{file.read()[-2000:]}")
        return answer

    def open(self, address, needle):
        """Opens a page, scrolls to the paragraph that holds the words: the scroll position."""
        return self.ask(open=address, needle=needle)["scroll"]

    def see(self, word, within):
        """Waits until the word is drawn in the window: {"at": time of day in ms or None, "shown", "scroll"}."""
        return self.ask(within=within, see=word, within_ms=within * 1000)
