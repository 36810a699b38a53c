"""Forms in the look of NL Design System: the fields and the helper that go with `templates/nlds/`."""
