#!/usr/bin/env bash
# Writes cdk/snapshot/: the template of each stage, with asset hashes masked. Usage: eng/synthesize-snapshot.sh [DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
target="${1:-cdk/snapshot}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/functions"
echo "stands in for the published functions" > "$work/functions/bootstrap"
dotnet build cdk -v q --nologo -p:WarningLevel=0 > "$work/build.log" || { cat "$work/build.log"; exit 1; }
context="$(sed -n '/"context"/,/}/p' cdk.json | sed '1s/.*/{/' | tr -d '\n' | sed 's/}.*/}/')"
for stage in dev prod; do
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true \
  CDK_OUTDIR="$work/$stage" \
  CDK_CONTEXT_JSON="${context/\"stage\": \"dev\"/\"stage\": \"$stage\", \"functions\": \"$work/functions\", \"stack\": \"all\"}" \
    dotnet run --project cdk --no-build 2> "$work/synth.log" || { cat "$work/synth.log"; exit 1; }
  for template in "$work/$stage"/*.template.json; do
    sed -E 's/"[0-9a-f]{64}\.zip"/"masked.zip"/' "$template" > "$target/$(basename "$template")"
  done
done
