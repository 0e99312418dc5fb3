#!/usr/bin/env bash
# Plays a release of this tree over the code of another commit, under load: old and new functions at once, as processes.
# Usage: eng/rolling-release.sh COMMIT
set -euo pipefail
cd "$(dirname "$0")/.."
commit="$(git rev-parse --verify "${1:?which commit has the code of the former release?}^{commit}")"
work="$(mktemp -d)"
trap 'git worktree remove --force "$work/former"; rm -rf "$work"' EXIT
git worktree add --quiet --detach "$work/former" "$commit"
publish() { # TREE DIRECTORY
  (cd "$1" && dotnet publish functions -c Release -r linux-x64 --self-contained -v q --nologo -p:FairSharePublish=true \
    -p:AwsPackages=compat -p:PublishAot=false -o "$2" > "$work/publish.log" 2>&1) || { cat "$work/publish.log"; exit 1; }
}
# A process that starts notes of which function and version it is, and is then the published code.
note() { # DIRECTORY CODE
  mkdir -p "$1"
  printf '#!/bin/sh\necho "version $AWS_LAMBDA_FUNCTION_VERSION $_HANDLER" >> %q\nexec %q\n' "$work/started" "$2/bootstrap" > "$1/bootstrap"
  chmod +x "$1/bootstrap"
}
publish . "$work/next"
publish "$work/former" "$work/before"
note "$work/functions" "$work/next"
note "$work/functions/1" "$work/before"
echo "version 1: $(git log -1 --format='%h %s' "$commit")"
echo "version 2: $(git log -1 --format='%h %s' HEAD)$([[ -z "$(git status --porcelain)" ]] || echo ', changed')"
dotnet build test/Scenarios.Tests -v q --nologo > "$work/build.log" || { cat "$work/build.log"; exit 1; }
FAIRSHARE_FUNCTIONS="$work/functions" dotnet run --project test/Scenarios.Tests --no-build -- -class "*.ReleaseTests" \
  > "$work/test.log" 2>&1 || { tail -n 200 "$work/test.log"; exit 1; }
echo "processes that were started:"
sort "$work/started" | uniq -c | grep -E ' (SubmitOrigin|RequestDownload|SubmitReceipt|SealEnding)$'
grep -hE '^release: |Total:' "$work/test.log" | sed 's/\x1b\[[0-9;]*m//g; s/^ *//'
