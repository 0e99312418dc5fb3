#!/usr/bin/env bash
# Publishes the handlers as one Native AOT executable, `bootstrap`. Usage: eng/publish-functions.sh [DIRECTORY]
# Where the feed lacks the net10.0 runtime pack for Native AOT, set FAIRSHARE_TFM=net9.0; where there is no clang, gcc links.
set -euo pipefail
cd "$(dirname "$0")/.."
target="$(realpath -m "${1:-artifacts/functions}")"
tfm="${FAIRSHARE_TFM:-net10.0}"
linker="$(command -v clang > /dev/null && echo clang || echo gcc)"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
dotnet publish functions -c Release -r linux-x64 -v q --nologo \
  -p:PublishAot=true -p:FairShareTfm="$tfm" -p:CppCompilerAndLinker="$linker" -p:StripSymbols=true -o "$work/out"
mkdir -p "$target"
cp "$work/out/bootstrap" "$target/bootstrap"
echo "$target/bootstrap: $(stat -c %s "$target/bootstrap") bytes, $tfm, linked by $linker"
