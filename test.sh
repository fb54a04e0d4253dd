#!/usr/bin/env bash
# Builds everything and runs every test; prints at its end the minutes that each part took and, last, "N passed, N failed".
#   ./test.sh           all tests, then traces against packets in networks of namespaces; installs the Debian packages that both need (as root)
#   ./test.sh --quick   what needs neither servers nor patience, in under two minutes once it is built
set -uo pipefail
cd "$(dirname "$0")"

# A shell starts what runs in its background with Ctrl+C ignored, and all below it inherits that; the tests press it.
[ -n "${INTERRUPTIBLE:-}" ] || INTERRUPTIBLE=1 exec env --default-signal=INT ./test.sh "$@"

quick=false
case "${1:-}" in
    "") ;;
    --quick) quick=true ;;
    *) echo "usage: ./test.sh [--quick]" >&2; exit 2 ;;
esac

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# PART: it took the time since the part before.
parts=() since=$SECONDS
took() { parts+=("$(clock $((SECONDS - since)))  $1"); since=$SECONDS; }
clock() { printf '%3d:%02d' $(($1 / 60)) $(($1 % 60)); }

# net-snmp is the peer of the SNMP engine, strace sees the order of system calls behind a 202, PostgreSQL is the second database; the rest is
# what the networks of test/Lab are made of.
packages=()
if ! $quick; then
    for package in snmpd snmp strace python3 iproute2 ethtool nftables iptables procps iputils-ping frr frr-snmp lldpd keepalived \
        openssh-server openssh-client openssl user-mode-linux postgresql chromium zsh fish; do
        [ "$(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || packages+=("$package")
    done
    command -v npm >/dev/null || packages+=(nodejs npm) # a machine may have them from elsewhere than Debian
    if [ ${#packages[@]} -gt 0 ]; then
        echo "Installing ${packages[*]}"
        # No service of theirs is wanted on this machine: at run level 1 none is started.
        if ! { apt-get update -qq && RUNLEVEL=1 DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"; } >/dev/null; then
            echo "Could not install: ${packages[*]}. Install them by hand, or run ./test.sh --quick." >&2
            exit 1
        fi
        took packages
    fi
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

dotnet restore Towpath.slnx --locked-mode -v quiet || exit 1
dotnet build Towpath.slnx --no-restore -v quiet || exit 1
took build

# What failed is named again at the end: a whole run prints much.
failures=()
failure() { while IFS= read -r line; do [ -z "$line" ] || failures+=("$line"); done; }

filter=()
$quick && filter=(--filter "Needs!=servers&Needs!=patience")
passed=0 failed=0 skipped=0
counter() { sed -n "s/.*<Counters [^>]*\b$2=\"\([0-9]*\)\".*/\1/p" "$1" | head -1; }

# One project at a time: the tests talk to real servers, and two cores are few. By its built file, which is not looked for by MSBuild again.
for project in test/*/*.Tests.csproj; do
    name=$(basename "$project" .csproj) trx=$results/$(basename "$project" .csproj).trx ended=0
    dotnet test "$(dirname "$project")/bin/Debug/net10.0/Towpath.$name.dll" --logger "console;verbosity=minimal" \
        --logger "trx;LogFileName=$name.trx" --results-directory "$results" "${filter[@]}" \
        --blame-hang --blame-hang-timeout 10m --blame-hang-dump-type none || ended=$?
    if [ -e "$trx" ]; then
        total=$(counter "$trx" total) executed=$(counter "$trx" executed) ok=$(counter "$trx" passed)
        passed=$((passed + ok)) failed=$((failed + executed - ok)) skipped=$((skipped + total - executed))
        # A test in which the host crashed, or that hung until the host was ended, is in no counter.
        [ $ended -eq 0 ] || [ "$executed" -gt "$ok" ] || failed=$((failed + 1))
        failure < <(sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".* outcome="Failed".*/\1/p' "$trx")
        failure < <(find "$results" -name 'Sequence_*.xml' -exec sed -n 's/.*Name="\([^"]*\)".*Completed="False".*/\1 did not end/p' {} +)
        find "$results" -name 'Sequence_*.xml' -delete
    elif [ $ended -ne 0 ] || ! $quick; then
        echo "$name reported no results." >&2
        failed=$((failed + 1)) failures+=("$name reported no results")
    fi
    took "$name"
done
if [ "$skipped" -gt 0 ]; then
    echo "$skipped skipped: they need the recorded material in ../shared"
    [ "${CI:-}" = true ] && failed=$((failed + skipped))
fi
[ $((passed + failed)) -gt 0 ] || { echo "No test was executed." >&2; failed=1; }

# The page: its functions, and in full runs the demo in Chromium. The build above has installed its packages where there is Node.js.
page_tests() {
    (cd web && npm run --silent "$1" -- --reporter=default --reporter=json --outputFile.json="$results/$1.json") || true
    local ok bad
    ok=$(sed -n 's/.*"numPassedTests":\([0-9]*\).*/\1/p' "$results/$1.json" 2>/dev/null)
    bad=$(sed -n 's/.*"numFailedTests":\([0-9]*\).*/\1/p' "$results/$1.json" 2>/dev/null)
    passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0}))
    # A file that cannot be read, or a demo that does not start, fails no test by itself.
    [ "${ok:-0}" -gt 0 ] && grep -q '"success":true' "$results/$1.json" || [ "${bad:-0}" -gt 0 ] || failed=$((failed + 1))
    failure < <(grep -o '"fullName":"[^"]*","status":"failed"' "$results/$1.json" 2>/dev/null | cut -d '"' -f 4)
}
if [ -d web/node_modules ]; then
    page_tests test
    $quick || page_tests e2e
    took page
elif ! $quick; then
    echo "The page was not tested: web/node_modules is missing. Is Node.js 20.19 there, and the package registry reached?" >&2
    failed=$((failed + 1))
fi

# Every flow and every set of ways that a packet was sent for is a test of its own: see docs/accuracy.md.
if ! $quick; then
    accuracy() {
        local line
        TOWPATH_ACCURACY=$PWD/test/Lab/Accuracy/bin/Debug/net10.0/Towpath.Accuracy.dll eng/accuracy.sh "$@" | tee "$results/accuracy"
        line=$(tail -n 1 "$results/accuracy")
        if [[ "$line" =~ ^accuracy:\ ([0-9]+)\ passed,\ ([0-9]+)\ failed ]]; then
            passed=$((passed + BASH_REMATCH[1])) failed=$((failed + BASH_REMATCH[2]))
        else
            failed=$((failed + 1))
        fi
        failure < <(sed -n '/: [0-9]* passed, [1-9][0-9]* failed/p' "$results/accuracy")
    }
    accuracy --topology test/Lab/topologies/{l3-square,l3-cascade,campus,leafspine-bgp}.json
    took "networks of test/Lab/topologies"
    accuracy --topology test/Lab/cases/{policy-nat,vxlan-edge,vrrp-same-group,edge-stations,routed-edges,hidden-tables,failures}.json
    took "networks of test/Lab/cases"
    accuracy --seeds 1..1 --devices 6 --family branch
    took "random networks"
fi
echo "Minutes:"
printf '%s\n' "${parts[@]}"
[ ${#failures[@]} -eq 0 ] || printf 'failed: %s\n' "${failures[@]}"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
