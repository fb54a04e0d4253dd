#!/usr/bin/env bash
# How the page behaves in a large network, measured in headless Chromium: 10,000 devices and hosts in a table, 2,000 and 10,000 nodes on the
# map, and how long the longest interaction of each page takes.
#   eng/page.sh      prints the figures and fails above the limits that web/e2e/scale names; bench/README.md has what was measured
# It wants Debian's chromium (or CHROMIUM=path), Node.js 20.19 or later, and about three minutes.
set -euo pipefail
cd "$(dirname "$0")/.."

dotnet build src/Towpath -v quiet
cd web
npm run --silent scale
