#!/usr/bin/env bash
# Puts the tables that the synthesized templates have into docs/rights.md and docs/rights-invoked.md. Usage: eng/write-rights.sh
set -euo pipefail
cd "$(dirname "$0")/.."
dotnet build test/Cdk.Tests -v q --nologo
# The tests write the tables; that they fail is why this is run.
dotnet run --project test/Cdk.Tests --no-build -- \
  -class FairShare.Cdk.Tests.RightsPageTests -class FairShare.Cdk.Tests.InvocationRightsTests \
  -class FairShare.Cdk.Tests.LentRightsTests > /dev/null || true
made="$(dirname "$(find test/Cdk.Tests/bin -name rights.rights.md -printf '%T@ %p\n' | sort -n | tail -1 | cut -d' ' -f2)")"
for page in rights rights-invoked; do
  awk -v made="$made/$page" '
    match($0, /^<!-- [a-z]+ -->$/) { name = $2; print; while ((getline line < (made "." name ".md")) > 0) print line; skipping = 1; next }
    skipping && /^\|/ { next }
    { skipping = 0; print }
  ' "docs/$page.md" > "docs/$page.md.new"
  mv "docs/$page.md.new" "docs/$page.md"
done
