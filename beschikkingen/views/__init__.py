"""Pages of this app: reading decisions in, and finding a client."""
