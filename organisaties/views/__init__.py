"""Pages of this app: start, people, what is set up, log and jobs."""
