#!/usr/bin/env bash
# Packs what others install: towpath as one file for each platform, as a .NET tool, and the SDK as packages. Then tries them here.
#   eng/package.sh [--out FOLDER] [--runs N] [PLATFORM...]
# Into artifacts/, and for linux-x64 win-x64 osx-arm64 linux-arm64, if not said otherwise. The file for this machine is run: it says its
# version, and eng/start.sh times N starts of it (9). The tool is installed from the folder and run.
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
trap 'rm -rf "$work"' EXIT
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

own=$out/linux-x64/towpath
slow=false
if [ -x "$own" ] && [ "$(uname -sm)" = "Linux x86_64" ]; then
    echo "== starts of the file for linux-x64"
    says "$own"
    eng/start.sh "$own" "$runs" || slow=true
fi

echo "== sizes"
(cd "$out" && find . -type f -printf '%9s  %P\n' | sort -k 2)
! $slow || exit 1
