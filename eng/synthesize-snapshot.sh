#!/usr/bin/env bash
# Writes cdk/snapshot/: the template of each stage, with asset hashes masked. Usage: eng/synthesize-snapshot.sh [DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
target="${1:-cdk/snapshot}"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
mkdir -p "$target" "$work/functions"
echo "stands in for the published functions" > "$work/functions/bootstrap"
chmod +x "$work/functions/bootstrap"
dotnet build cdk -v q --nologo -p:WarningLevel=0 > "$work/build.log" || { cat "$work/build.log"; exit 1; }
context="$(sed -n '/"context"/,/}/p' cdk.json | sed '1s/.*/{/' | tr -d '\n' | sed 's/}.*/}/')"
# Synthesizes stacks of a stage: STAGE STACK [MORE CONTEXT].
synthesize() {
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true \
  CDK_OUTDIR="$work/$1-$2" \
  CDK_CONTEXT_JSON="${context/\"stage\": \"dev\"/\"stage\": \"$1\", \"functions\": \"$work/functions\", \"stack\": \"$2\"${3:-}}" \
    dotnet run --project cdk --no-build 2> "$work/synth.log" || { cat "$work/synth.log"; exit 1; }
  for template in "$work/$1-$2"/*.template.json; do
    sed -E 's/"[0-9a-f]{64}\.zip"/"masked.zip"/' "$template" > "$target/$(basename "$template")"
  done
}
synthesize dev all
synthesize prod all ', "dataEvents": "on"'
# What mails notices needs an address to send from; the service of the snapshot is told of none.
synthesize dev notices ', "ses": "notices@example.com"'
