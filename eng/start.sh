#!/usr/bin/env bash
# Starts a build of towpath on a folder that was served before, and says how long that takes: from the process to the first 200 of
# /health/ready.
#   eng/start.sh PROGRAM [N]
# The median of N starts (9). Exit code 1 when it is more than a second.
set -euo pipefail

[ $# -ge 1 ] && [[ "${2:-9}" =~ ^[1-9][0-9]*$ ]] || { sed -n '4s/^# *//p' "$0" >&2; exit 2; }
program=$(realpath "$1") runs=${2:-9}
work=$(mktemp -d)
server=""
finish() { [ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work"; }
trap finish EXIT
trap 'exit 1' INT TERM

start() { # PORT
    local began answered
    began=$(date +%s%N)
    "$program" serve --data "$work/data" --http "$1" --https 0 > "$work/serve.log" 2>&1 &
    server=$!
    # Between two questions it sleeps: the machine's cores are the server's.
    until curl -sf -o /dev/null "http://127.0.0.1:$1/health/ready"; do
        kill -0 "$server" 2> /dev/null || { cat "$work/serve.log" >&2; exit 1; }
        sleep 0.01
    done
    answered=$(date +%s%N)
    kill "$server"
    wait "$server" || true
    server=""
    took=$(((answered - began) / 1000000))
}
all=()
for ((run = 0; run <= runs; run++)); do
    start $((20000 + RANDOM % 10000))
    [ "$run" -eq 0 ] && echo "first, which makes the database: $took ms" || all+=("$took")
done
median=$(printf '%s\n' "${all[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
echo "start to /health/ready: median $median ms of $runs (${all[*]})"
[ "$median" -le 1000 ] || { echo "The start takes more than a second." >&2; exit 1; }
