#!/usr/bin/env bash
# Takes a server from its 32 clients again and again, and replays what they were told: eng/history.sh [LOSSES] [SEED]
# Each ten losses are six SIGKILLs, a SIGTERM, a pause, a full disk and failing flushes, in random order. It mounts a small disk in
# memory and traces the server, so it wants root and strace. The short form runs with the tests. Figures: docs/reliability.md. Three
# servers on one PostgreSQL: eng/cluster.sh.
set -euo pipefail
cd "$(dirname "$0")/.."

export TOWPATH_HISTORY_LOSSES=${1:-336} TOWPATH_HISTORY_SEED=${2:-$RANDOM}
dotnet test test/Tasks --filter FullyQualifiedName~Tests.HistoryTests --logger 'console;verbosity=detailed'
