"""Fictitious people and papers for the demo (`manage.py demo`).

`gegevens` and `teksten` are the tables, `dossiers` and `verhalen_*` tell what happened to whom (pure, from a seed and
a day), `berichten` turns that into XML, `papieren` into forms and judgements, `laden` brings everything in by date.
"""
