#!/usr/bin/env bash
# Are the paths that are traced the paths that packets take? Builds a network of namespaces, discovers it, ages its tables, and compares.
#   eng/accuracy.sh --topology FILE      for instance test/Lab/topologies/l3-square.json
# Needs root and the packages of test/Lab/README.md. Ends only a lab that it started. Exit code 1 when a flow that should agree does not.
set -uo pipefail

[ $# -eq 2 ] && [ "$1" = --topology ] && [ -r "$2" ] || { sed -n '2,4s/^# \?//p' "$0" >&2; exit 2; }
topology=$(realpath "$2")
cd "$(dirname "$0")/.." || exit 2
lab=$PWD/test/Lab/lab

dotnet build test/Lab/Accuracy -c Release --nologo -v quiet || exit 1

started=$("$lab" up "$topology" --wait 120 --wait-free 600) || exit 1
case "$started" in
    *already_up*) echo "the lab runs already: it is used, and left running" ;;
    *) trap '"$lab" down --topology "$topology" > /dev/null' EXIT ;;
esac
"$lab" exec controller "$(command -v dotnet)" test/Lab/Accuracy/bin/Release/net10.0/Towpath.Accuracy.dll --topology "$topology" --lab "$lab"
