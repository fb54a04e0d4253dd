#!/usr/bin/env bash
# Packs what others install: towpath as one file for each platform, as a .NET tool, and the SDK as packages. Then tries them here.
#   eng/package.sh [--out FOLDER] [--runs N] [PLATFORM...]
# Into artifacts/, and for linux-x64 win-x64 osx-arm64 linux-arm64, if not said otherwise. The file for this machine is run: it says its
# version, and the median of N starts (9), from the process to the first answer of /health/ready, is printed. The tool is installed from
# the folder and run.
# Last are the sizes. Exit code 1 when something does not build, does not run, or starts in more than a second.
set -euo pipefail

usage() { sed -n '3,3s/^# *//p' "$0" >&2; exit 2; }
out=artifacts runs=9 platforms=()
while [ $# -gt 0 ]; do
    case "$1" in
        --out) [ $# -ge 2 ] || usage; out=$2; shift 2 ;;
        --runs) [[ "${2:-}" =~ ^[1-9][0-9]*$ ]] || usage; runs=$2; shift 2 ;;
        -*) usage ;;
        *) platforms+=("$1"); shift ;;
    esac
done
[ ${#platforms[@]} -gt 0 ] || platforms=(linux-x64 win-x64 osx-arm64 linux-arm64)
out=$(realpath -m "$out")
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
work=$(mktemp -d)
server=""
finish() { [ -z "$server" ] || kill "$server" 2> /dev/null || true; rm -rf "$work"; }
trap finish EXIT
trap 'exit 1' INT TERM
rm -rf "$out"
mkdir -p "$out"

# In a copy of what git knows, as it stands: the builds of the checkout stay, and so do its lock files, which know no platforms.
mkdir "$work/tree"
git ls-files -z | tar -c --null -T - | tar -x -C "$work/tree"
cd "$work/tree"
build=(-c Release -v quiet -p:RestoreLockedMode=false)
for platform in "${platforms[@]}"; do
    echo "== $platform"
    # Not composite: the framework comes compiled, and to compile it anew with the rest takes a quarter of an hour.
    dotnet publish src/Towpath "${build[@]}" -r "$platform" --self-contained -p:PublishSingleFile=true \
        -p:PublishReadyToRun=true -p:PublishReadyToRunComposite=false \
        -p:IncludeNativeLibrariesForSelfExtract=true -p:DebugType=none -o "$work/$platform"
    mkdir "$out/$platform"
    mv "$work/$platform"/towpath "$work/$platform"/towpath.exe "$out/$platform/" 2> /dev/null || true
    [ -n "$(ls "$out/$platform")" ] || { echo "$platform: there is no program" >&2; exit 1; }
done

echo "== packages"
dotnet pack src/Towpath "${build[@]}" -p:AsTool=true -o "$out/packages"
for project in src/Contracts src/Client; do dotnet pack "$project" "${build[@]}" -o "$out/packages"; done

version=$(dotnet msbuild src/Towpath -getProperty:Version)
says() { # PROGRAM
    local said
    said=$("$1" --version)
    [[ "$said" = "$version"* ]] || { echo "$1 --version said '$said', not $version" >&2; exit 1; }
    "$1" --help > /dev/null
}
echo "== the tool"
dotnet tool install towpath --tool-path "$work/tool" --add-source "$out/packages" --version "$version" > "$work/install"
says "$work/tool/towpath"

# Milliseconds from the process to the first answer, each time in a folder with a database that was served before: as after a restart.
start() { # PROGRAM PORT
    local began answered
    began=$(date +%s%N)
    "$1" serve --data "$work/data" --http "$2" --https 0 > "$work/serve.log" 2>&1 &
    server=$!
    until curl -sf -o /dev/null "http://127.0.0.1:$2/health/ready"; do
        kill -0 "$server" 2> /dev/null || { cat "$work/serve.log" >&2; exit 1; }
    done
    answered=$(date +%s%N)
    kill "$server"
    wait "$server" || true
    server=""
    took=$(((answered - began) / 1000000))
}
own=$out/linux-x64/towpath
slow=false
if [ -x "$own" ] && [ "$(uname -sm)" = "Linux x86_64" ]; then
    echo "== starts of the file for linux-x64"
    says "$own"
    all=()
    for ((run = 0; run <= runs; run++)); do
        start "$own" $((20000 + RANDOM % 10000))
        [ "$run" -eq 0 ] && echo "first, which makes the database: $took ms" || all+=("$took")
    done
    median=$(printf '%s\n' "${all[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
    echo "start to /health/ready: median $median ms of $runs (${all[*]})"
    [ "$median" -le 1000 ] || slow=true
fi

echo "== sizes"
(cd "$out" && find . -type f -printf '%9s  %P\n' | sort -k 2)
! $slow || { echo "The start takes more than a second." >&2; exit 1; }
