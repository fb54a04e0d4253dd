#!/usr/bin/env bash
# Sends requests made by chance to a server on loopback: none may make it fail, and every refusal has the API's one body.
#   eng/fuzz.sh [REQUESTS [SEED]]     200,000 requests and a seed of the moment, if not said otherwise; what fails is named with seed and number
# Requests are made from the server's own routes, from the fields of src/Contracts, and from the API's description where it lies in ../shared.
set -euo pipefail
cd "$(dirname "$0")/.."
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
export TOWPATH_FUZZ_REQUESTS=${1:-200000} TOWPATH_FUZZ_SEED=${2:-$((RANDOM * 32768 + RANDOM))}
echo "$TOWPATH_FUZZ_REQUESTS requests, seed $TOWPATH_FUZZ_SEED"
exec dotnet test test/Server --filter "FullyQualifiedName~Towpath.Server.Tests.FuzzTests" --logger "console;verbosity=normal" --nologo
