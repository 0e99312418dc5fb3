#!/usr/bin/env bash
# Writes what the published functions are made of, as CycloneDX. Usage: eng/sbom.sh [FILE]
# Not into the directory that is deployed: it has its time in it, and the archive of the functions would differ.
# It is read from what the last restore for publishing resolved (eng/publish-functions.sh), so publish first.
set -euo pipefail
cd "$(dirname "$0")/.."
packages="${FAIRSHARE_AWS_PACKAGES:-nuget}"
target="$(realpath -m "${1:-artifacts/sbom.json}")"
tool=artifacts/tools/dotnet-CycloneDX
resolved="artifacts/obj/$packages"
[[ -f "$resolved/FairShare.Functions/project.assets.json" ]] || {
  echo "sbom: nothing has been published with the AWS packages '$packages'; run FAIRSHARE_AWS_PACKAGES=$packages eng/publish-functions.sh first." >&2
  exit 1
}
[[ -x "$tool" ]] || dotnet tool install CycloneDX --version 6.3.1 --tool-path artifacts/tools > /dev/null
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
# The tool looks for PROJECT/project.assets.json in a folder that is called obj.
ln -s "$PWD/$resolved" "$work/obj"
"$tool" functions/FairShare.Functions.csproj --output "$work" --filename sbom.json --output-format Json --disable-package-restore \
  --no-serial-number --base-intermediate-output-path "$work" > "$work/log" || { cat "$work/log" >&2; exit 1; }
count="$(grep -c '"purl": "pkg:nuget' "$work/sbom.json" || true)"
[[ "$count" -gt 0 ]] || { cat "$work/log" >&2; echo "sbom: no package was found." >&2; exit 1; }
mkdir -p "$(dirname "$target")"
cp "$work/sbom.json" "$target"
echo "$target: $count packages"
