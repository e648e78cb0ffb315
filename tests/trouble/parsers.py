"""What a parser may do to us, at the level of a module so that other processes can import it."""

import os
import signal

from catalog.model.capture import Capture
from catalog.model.record import Parsed
from catalog.model.rule import RuleSet


def raise_on_odd(capture: Capture, parsed: Parsed, _: RuleSet) -> str:
    """Return the digest; raise for a capture whose text says so."""
    if "奇" in parsed.readings[0].text:
        raise ZeroDivisionError("第七行")
    return capture.sha256


def die_on_odd(capture: Capture, parsed: Parsed, _: RuleSet) -> str:
    """Return the digest; take the whole process down for a capture whose text says so."""
    if "奇" in parsed.readings[0].text:
        os.kill(os.getpid(), signal.SIGKILL)
    return capture.sha256
