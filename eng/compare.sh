#!/usr/bin/env bash
# Is a commit slower than another? Runs the benchmarks of both in pairs, since what else the machine does changes from minute to minute.
#   eng/compare.sh [--old COMMIT] [--new COMMIT] [--pairs N] [BENCHMARK [ARGUMENT...]]
# HEAD against the commit before it, 9 pairs (at least 6), and all of Accept, Snmp, PathTrace and Scale, if not said otherwise.
# ARGUMENT... are the benchmark's own, see bench/README.md. eng/figures.awk says which figures count, eng/interval.awk what is made of them.
# Exit code 1 when a figure is lower: the 95 % confidence interval of the median ratio new / old lies wholly below 0.93. 2 when it cannot tell.
set -uo pipefail

usage() { sed -n '2,6s/^# \?//p' "$0" >&2; exit 2; }
declare -A usual=([Accept]="3 2" [Snmp]="100 10000 3" [PathTrace]="1000 80000 1000000" [Scale]="1000")
old="" new=HEAD pairs=9
while [[ "${1:-}" = --* ]]; do
    [ $# -ge 2 ] || usage
    case "$1" in
        --old) old=$2 ;;
        --new) new=$2 ;;
        --pairs) pairs=$2 ;;
        *) usage ;;
    esac
    shift 2
done
{ [[ "$pairs" =~ ^[0-9]+$ ]] && [ "$pairs" -ge 6 ]; } || usage
benchmarks=(Accept Snmp PathTrace Scale)
if [ $# -gt 0 ]; then
    [ -n "${usual[$1]:-}" ] || usage
    benchmarks=("$1")
    [ $# -eq 1 ] || usual[$1]="${*:2}"
fi
cd "$(dirname "$0")/.." || exit 2
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 LC_ALL=C
new=$(git rev-parse --verify --quiet "$new^{commit}") || usage
old=$(git rev-parse --verify --quiet "${old:-$new~1}^{commit}") || usage

work=$(mktemp -d)
finish() {
    for side in old new; do [ ! -d "$work/$side" ] || git worktree remove --force "$work/$side"; done
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 2' INT TERM

for side in old new; do
    git log -1 --format="$side: %h %s" "${!side}"
    git worktree add --quiet --detach "$work/$side" "${!side}" || exit 2
    for benchmark in "${benchmarks[@]}"; do
        # No compiler and no node stays behind: it would take part in what is measured.
        dotnet build "$work/$side/bench/$benchmark" -c Release --nologo -v quiet -p:UseSharedCompilation=false -nodeReuse:false || exit 2
    done
done

# SIDE BENCHMARK: its figures
measure() {
    local arguments
    read -ra arguments <<< "${usual[$2]}"
    if ! dotnet run -c Release --no-build --project "$work/$1/bench/$2" -- "${arguments[@]}" > "$work/printed" 2>&1; then
        echo "bench/$2 of the $1 commit failed:" >&2
        tail -n 20 "$work/printed" >&2
        exit 2
    fi
    awk -f eng/figures.awk "$work/printed" | sort
}

for benchmark in "${benchmarks[@]}"; do
    for pair in $(seq "$pairs"); do
        order=(old new)
        [ $((pair % 2)) -eq 1 ] || order=(new old)
        for side in "${order[@]}"; do measure "$side" "$benchmark" > "$work/figures-$side"; done
        echo "$benchmark, pair $pair of $pairs, ${order[0]} first"
        join -t $'\t' "$work/figures-old" "$work/figures-new" | tee -a "$work/pairs" |
            awk -F '\t' '{ printf "  %-40s %10.4g %10.4g\n", $1, $2, $3 }'
    done
done
echo
awk -f eng/interval.awk "$work/pairs"
