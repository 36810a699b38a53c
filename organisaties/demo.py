"""What the demo's log-in page may say. The people themselves are made higher up (`rapportage.demo`)."""

from typing import Final

WACHTWOORD: Final = "welkom-in-de-demo"
"""Of every demo log-in. Known, so it exists on the private demo database only."""
DOMEIN: Final = "demo.example"
