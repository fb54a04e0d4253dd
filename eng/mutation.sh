#!/usr/bin/env bash
# Do the tests notice when a rule changes? Stryker changes src/PathTrace and src/Network, one small change (mutant) at a time, and runs the
# tests of both; what they do not notice has survived.
#   eng/mutation.sh                     files of at least 800 mutants, chosen by seed 1
#   eng/mutation.sh --mutants all       every file
#   eng/mutation.sh --seed N            other files first
#   eng/mutation.sh --report            the figures and survivors of what has been run
# Files are put in an order by the seed and run in parts of some. What is done is kept in TestResults/mutation/SEED and not run again: break
# off and begin again at will. Remove that folder after a change of src or test.
# The score is killed / (killed + survived), timeouts being killed, and mutants that no test reaches being survivors. Exit code 1 below 75 %.
set -euo pipefail
usage() { sed -n '4,7s/^# \?//p' "$0" >&2; exit 2; }
mutants=800 seed=1 report=false
while [ $# -gt 0 ]; do
    case "$1" in
        --mutants) [[ "${2:-}" =~ ^([0-9]+|all)$ ]] || usage; mutants=$2; shift 2 ;;
        --seed) [[ "${2:-}" =~ ^[0-9]+$ ]] || usage; seed=$2; shift 2 ;;
        --report) report=true; shift ;;
        *) usage ;;
    esac
done
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
readonly PART=12 # files; each part costs some minutes before its first mutant is tried
results=$PWD/TestResults/mutation/$seed
mkdir -p "$results"

# Those of a project that are not done, in an order that a file keeps when others come or go.
files() {
    git ls-files "src/$1/*.cs" | while read -r file; do echo "$(echo "$seed $file" | sha256sum | cut -c1-16) ${file#src/"$1"/}"; done \
        | sort | cut -d' ' -f2 | grep -vxF -f <(cat "$results/$1"-*.files 2>/dev/null)
}

run() { # PROJECT FILE...
    local project=$1 part; shift
    part=$results/$project-$(ls "$results" | grep -c "^$project-.*\.json$" || true)
    local mutate=() tests=(--test-project "$PWD/test/PathTrace/PathTrace.Tests.csproj")
    for file in "$@"; do mutate+=(--mutate "$file"); done
    if [ "$project" = Network ]; then tests+=(--test-project "$PWD/test/Network/Network.Tests.csproj"); fi
    echo "== $(basename "$part"): $*"
    (cd "src/$project" && nice -n 19 dotnet stryker --config-file ../../eng/stryker.json "${tests[@]}" "${mutate[@]}" --output "$part")
    printf '%s\n' "$@" > "$part.files"
    mv "$part/reports/mutation-report.json" "$part.json"
    rm -rf "$part"
}

# Survived, killed and so on of all parts; with a file name the survivors are written there.
summary() { python3 eng/mutation.py "$@" "$results"/*.json; }

if ! $report; then
    dotnet tool restore > /dev/null
    for ((left = 1; left;)); do
        left=0
        for project in PathTrace Network; do
            if [ "$mutants" != all ] && summary --reaches "$mutants" 2> /dev/null; then continue; fi
            mapfile -t chosen < <(files $project | head -n $PART)
            if [ ${#chosen[@]} -gt 0 ]; then run $project "${chosen[@]}"; left=1; fi
        done
    done
fi
summary --survivors docs/mutation.txt
