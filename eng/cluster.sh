#!/usr/bin/env bash
# Three servers on one PostgreSQL behind a load balancer (YARP), on this machine: 32 clients keep going on the demo campus while one server
# after the other is killed (SIGKILL), paused (SIGSTOP) or stopped (SIGTERM), or their database, its disk or its flushes fail, and is
# brought back. Then what the clients were told is replayed, as in eng/history.sh. Prints what was accepted, adopted and lost, and fails if
# a promise was broken.
#   eng/cluster.sh [LOSSES] [SEED]     thirty by default, some 6 s each; 25 of them are kills
#   eng/cluster.sh --devices DEVICES   the servers discover and read a generated network, and one of them is killed in the middle of each
# It wants Debian's postgresql; as root it runs it as the user postgres. Everything is on loopback and in folders of its own.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build eng/Cluster -c Release -v quiet
exec eng/Cluster/bin/Release/net10.0/Towpath.Cluster "$@"
