#!/usr/bin/env bash
# Are the paths that are traced the paths that packets take? Builds networks of namespaces, discovers each, ages its tables, and compares.
#   eng/accuracy.sh [--resume] --topology FILE...                   for instance test/Lab/topologies/l3-square.json
#   eng/accuracy.sh [--resume] --seeds A..B [--devices N] [--family F]...
#                        random networks (test/Lab/README.md); of 10 devices and of each of the 8 families, if not said otherwise
# It takes as long as its packets take. What came of a network is kept in TestResults/accuracy: with --resume a network that this same build
# was compared in already is not built again, and its result is counted.
# Needs root and the packages of test/Lab/README.md. Waits while another lab runs, and ends only what it started itself.
# The last line sums up: "accuracy: N passed, M failed ...". Exit code 1 when a flow that should agree does not.
set -uo pipefail

usage() { sed -n '2,9s/^# \?//p' "$0" >&2; exit 2; }
topologies=() seeds="" devices=10 families=() resume=false
while [ $# -gt 0 ]; do
    case "$1" in
        --resume) resume=true; shift; continue ;;
    esac
    [ $# -ge 2 ] || usage
    case "$1" in
        --topology)
            shift
            while [ $# -gt 0 ] && [ "${1#--}" = "$1" ]; do
                [ -r "$1" ] || usage
                topologies+=("$(realpath "$1")")
                shift
            done ;;
        --seeds) [[ "$2" =~ ^[0-9]+\.\.[0-9]+$ ]] || usage; seeds=$2; shift 2 ;;
        --devices) devices=$2; shift 2 ;;
        --family) families+=("$2"); shift 2 ;;
        *) usage ;;
    esac
done
[ ${#topologies[@]} -gt 0 ] || [ -n "$seeds" ] || usage
[ ${#families[@]} -gt 0 ] || families=(mixed campus leafspine branch edge unnumbered silent failing)
cd "$(dirname "$0")/.." || exit 2
lab=$PWD/test/Lab/lab

work=$(mktemp -d)
mine=""
finish() { [ -z "$mine" ] || "$lab" down --topology "$mine" > /dev/null; rm -rf "$work"; }
trap finish EXIT
trap 'exit 1' INT TERM

if [ -n "$seeds" ]; then
    for seed in $(seq "${seeds%..*}" "${seeds#*..}"); do
        for family in "${families[@]}"; do
            "$lab" gen "$devices" --seed "$seed" --family "$family" > "$work/$family-$devices-$seed.json" || exit 2
            topologies+=("$work/$family-$devices-$seed.json")
        done
    done
fi

# test.sh has built it already, and says where.
program=${TOWPATH_ACCURACY:-}
if [ -z "$program" ]; then
    program=$PWD/test/Lab/Accuracy/bin/Release/net10.0/Towpath.Accuracy.dll
    dotnet build test/Lab/Accuracy -c Release --nologo -v quiet || exit 1
fi

# A result is kept with what it is a result of: the network, and the build of the product, the comparison and the lab.
kept=TestResults/accuracy
mkdir -p "$kept"
build=$(cat "$(dirname "$program")"/Towpath.*.dll test/Lab/*.py | sha256sum)
of() { { echo "$build"; cat "$1"; } | sha256sum | cut -c 1-16; }
summary() { tail -n 1 "$1" 2> /dev/null; }
compared=': ([0-9]+) passed, ([0-9]+) failed'

compare() { # TOPOLOGY RESULT
    local started
    rm -f "$2"
    # What does not come up says nothing of the product: it is built once more, and the log has the reason.
    started=$("$lab" up "$1" --wait 180 --wait-free 900) || started=$("$lab" up "$1" --wait 180 --wait-free 900) || return
    case "$started" in
        *already_up*) echo "$name runs already: it is used, and left running" ;;
        *) mine=$1; echo "$started" ;;
    esac
    of "$1" > "$work/answer"
    "$lab" exec controller "$(command -v dotnet)" "$program" --topology "$1" --lab "$lab" | tee -a "$work/answer"
    [[ "$(summary "$work/answer")" =~ $compared ]] && mv "$work/answer" "$2"
    [ -z "$mine" ] || "$lab" down --topology "$mine" > /dev/null
    mine=""
}

passed=0 failed=0 words=()
for topology in "${topologies[@]}"; do
    name=$(basename "$topology" .json) since=$SECONDS
    result=$kept/$name.txt
    echo "== $name"
    if $resume && [ "$(head -n 1 "$result" 2> /dev/null)" = "$(of "$topology")" ]; then
        echo "compared already: $(summary "$result")"
    else
        compare "$topology" "$result"
    fi
    if [[ "$(summary "$result")" =~ $compared ]]; then
        passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
        words+=("$name ${BASH_REMATCH[1]} of $((BASH_REMATCH[1] + BASH_REMATCH[2]))")
    else
        failed=$((failed + 1))
        words+=("$name could not be compared")
    fi
    printf '== %s took %d:%02d\n' "$name" $(((SECONDS - since) / 60)) $(((SECONDS - since) % 60))
done

echo
printf -v list '%s, ' "${words[@]}"
echo "accuracy: $passed passed, $failed failed; ${list%, }"
[ "$failed" -eq 0 ]
