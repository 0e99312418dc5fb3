#!/usr/bin/env bash
# Puts the tables that the synthesized template has into docs/rights.md. Usage: eng/write-rights.sh
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build test/Cdk.Tests -v q --nologo
# The test writes the tables; that it fails is why this is run.
dotnet run --project test/Cdk.Tests --no-build -- -class FairShare.Cdk.Tests.RightsPageTests > /dev/null || true
made="$(dirname "$(find test/Cdk.Tests/bin -name rights.rights.md -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2)")"
awk -v made="$made" '
  match($0, /^<!-- [a-z]+ -->$/) { name = $2; print; while ((getline line < (made "/rights." name ".md")) > 0) print line; skipping = 1; next }
  skipping && /^\|/ { next }
  { skipping = 0; print }
' docs/rights.md > docs/rights.md.new
mv docs/rights.md.new docs/rights.md
