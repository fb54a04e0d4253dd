#!/usr/bin/env bash
# Kills a server again and again while 32 clients go on, and replays what they were told: eng/history.sh [KILLS] [SEED]
# The short form runs with the tests. Figures: docs/reliability.md.
set -euo pipefail
cd "$(dirname "$0")/.."

export TOWPATH_HISTORY_KILLS=${1:-200} TOWPATH_HISTORY_SEED=${2:-$RANDOM}
dotnet test test/Tasks --filter FullyQualifiedName~Tests.HistoryTests --logger 'console;verbosity=detailed'
