#!/usr/bin/env bash
# Puts the tables of which scenario uses which right into docs/rights-used.md. Usage: eng/write-used-rights.sh
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build test/Scenarios.Tests -v q --nologo > /dev/null
# The tests write the tables; that they fail is why this is run.
dotnet run --project test/Scenarios.Tests --no-build -- \
  -method "*.GrantTests.Template_AsItIs_*" -method "*.PeerGrantTests.*" -method "*.ScheduledAuditTests.*" > /dev/null 2>&1 || true
made="$(dirname "$(find test/Scenarios.Tests/bin artifacts/bin -name rights-used.service.md -printf '%T@ %p\n' 2> /dev/null | sort -n | tail -1 | cut -d' ' -f2)")"
awk -v made="$made" '
  match($0, /^<!-- [a-z]+ -->$/) { name = $2; print; while ((getline line < (made "/rights-used." name ".md")) > 0) print line; skipping = 1; next }
  skipping && /^\|/ { next }
  { skipping = 0; print }
' docs/rights-used.md > docs/rights-used.md.new
mv docs/rights-used.md.new docs/rights-used.md
