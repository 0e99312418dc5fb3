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
for name in FairShare-dev FairShare-prod FairSharePeer-dev FairSharePeer-prod FairShareCoordinator-dev FairShareCoordinator-prod \
  FairShare-dev-Web FairShare-prod-Web FairShare-dev-Operations FairShare-prod-Operations \
  FairShare-dev-Notices; do
  stage="${name#*-}" && stage="${stage%%-*}"
  stack="service"; case "$name" in FairSharePeer-*) stack="peer";; FairShareCoordinator-*) stack="coordinator";; *-Web) stack="web";;
    *-Operations) stack="operations";; *-Notices) stack="notices\", \"ses\": \"notices@example.com";; esac
  JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=true \
  CDK_OUTDIR="$work/$name" \
  CDK_CONTEXT_JSON="${context/\"stage\": \"dev\"/\"stage\": \"$stage\", \"functions\": \"$work/functions\", \"stack\": \"$stack\"}" \
    dotnet run --project cdk --no-build 2> "$work/synth.log" || { cat "$work/synth.log"; exit 1; }
  sed -E 's/"[0-9a-f]{64}\.zip"/"masked.zip"/' "$work/$name/$name.template.json" > "$target/$name.template.json"
done
