"""What gunicorn reads by itself, wherever it is started from this folder: production, demo, trials."""

# The portal is read once (techniek/opwarmen.py) and then the processes part: they begin warm and share their memory.
preload_app = True
