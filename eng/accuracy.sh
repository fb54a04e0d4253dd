#!/usr/bin/env bash
# Are the paths that are traced the paths that packets take? Builds networks of namespaces, discovers each, ages its tables, and compares.
#   eng/accuracy.sh --topology FILE...                             for instance test/Lab/topologies/l3-square.json
#   eng/accuracy.sh --seeds A..B [--devices N] [--family F]        random networks (test/Lab/README.md); 10 devices, mixed, if not said otherwise
# Needs root and the packages of test/Lab/README.md. Waits while another lab runs, and ends only what it started itself.
# The last line sums up: "accuracy: N passed, M failed ...". Exit code 1 when a flow that should agree does not.
set -uo pipefail

usage() { sed -n '2,6s/^# \?//p' "$0" >&2; exit 2; }
topologies=() seeds="" devices=10 family=mixed
while [ $# -gt 0 ]; do
    [ $# -ge 2 ] || usage
    case "$1" in
        --topology) shift; while [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; do [ -r "$1" ] || usage; topologies+=("$(realpath "$1")"); shift; done ;;
        --seeds) [[ "$2" =~ ^[0-9]+\.\.[0-9]+$ ]] || usage; seeds=$2; shift 2 ;;
        --devices) devices=$2; shift 2 ;;
        --family) family=$2; shift 2 ;;
        *) usage ;;
    esac
done
[ ${#topologies[@]} -gt 0 ] || [ -n "$seeds" ] || usage
cd "$(dirname "$0")/.." || exit 2
lab=$PWD/test/Lab/lab

work=$(mktemp -d)
mine=""
finish() { [ -z "$mine" ] || "$lab" down --topology "$mine" > /dev/null; rm -rf "$work"; }
trap finish EXIT
trap 'exit 1' INT TERM

if [ -n "$seeds" ]; then
    for seed in $(seq "${seeds%..*}" "${seeds#*..}"); do
        "$lab" gen "$devices" --seed "$seed" --family "$family" > "$work/$family-$devices-$seed.json" || exit 2
        topologies+=("$work/$family-$devices-$seed.json")
    done
fi

# test.sh has built it already, and says where.
program=${TOWPATH_ACCURACY:-}
if [ -z "$program" ]; then
    program=$PWD/test/Lab/Accuracy/bin/Release/net10.0/Towpath.Accuracy.dll
    dotnet build test/Lab/Accuracy -c Release --nologo -v quiet || exit 1
fi

passed=0 failed=0 words=()
for topology in "${topologies[@]}"; do
    name=$(basename "$topology" .json)
    echo "== $name"
    if started=$("$lab" up "$topology" --wait 180 --wait-free 900); then
        case "$started" in
            *already_up*) echo "$name runs already: it is used, and left running" ;;
            *) mine=$topology; echo "$started" ;;
        esac
        timeout --foreground 1200 "$lab" exec controller "$(command -v dotnet)" "$program" --topology "$topology" --lab "$lab" | tee "$work/answer"
        line=$(tail -n 1 "$work/answer")
    else
        line=""
    fi
    if [[ "$line" =~ :\ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
        words+=("$name ${BASH_REMATCH[1]} of $((BASH_REMATCH[1] + BASH_REMATCH[2]))")
    else
        failed=$((failed + 1))
        words+=("$name could not be compared")
    fi
    [ -z "$mine" ] || "$lab" down --topology "$mine" > /dev/null
    mine=""
done
echo
printf -v list '%s, ' "${words[@]}"
echo "accuracy: $passed passed, $failed failed; ${list%, }"
[ "$failed" -eq 0 ]
