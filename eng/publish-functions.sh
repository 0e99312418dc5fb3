#!/usr/bin/env bash
# Publishes the handlers as one Native AOT executable, `bootstrap`. Usage: eng/publish-functions.sh [DIRECTORY]
# It is built against the AWS packages themselves. Where a feed lacks them: FAIRSHARE_AWS_PACKAGES=compat, which takes lib/compat/.
set -euo pipefail
cd "$(dirname "$0")/.."
packages="${FAIRSHARE_AWS_PACKAGES:-nuget}"
# What the user ran, for the hint: this script, or what runs it.
command="${FAIRSHARE_PUBLISHED_BY:-eng/publish-functions.sh}"
# What Amazon Linux 2023 has, the system of the runtime provided.al2023.
newest_glibc=2.34

say() { printf 'publish-functions: %s\n' "$*" >&2; }

case "$packages" in nuget | compat) ;; *) say "FAIRSHARE_AWS_PACKAGES is nuget or compat, not '$packages'."; exit 2 ;; esac
if [[ "$(uname -s)" != Linux || "$(uname -m)" != x86_64 ]]; then
  say "Native AOT links for the system that it runs on, and Lambda's is Linux on x86-64. Run it in a container:"
  say "  docker run --rm --platform linux/amd64 -v \"\$PWD\":/src -w /src amazonlinux:2023 bash eng/publish-in-container.sh"
  exit 1
fi

target="$(realpath -m "${1:-artifacts/functions}")"
linker="$(command -v clang > /dev/null && echo clang || echo gcc)"
command -v "$linker" > /dev/null || { say "neither clang nor gcc is here, and Native AOT links with one of them."; exit 1; }
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
if ! dotnet publish functions -c Release -r linux-x64 -v q --nologo -p:FairSharePublish=true -p:AwsPackages="$packages" \
  -p:PublishAot=true -p:CppCompilerAndLinker="$linker" -p:StripSymbols=true -o "$work/out" >&2; then
  hint=
  [[ "$packages" == compat ]] || hint=" If packages were not found, take lib/compat/ instead: FAIRSHARE_AWS_PACKAGES=compat $command"
  say "the functions were not built; why stands above.$hint"
  exit 1
fi

needed="$(objdump -T "$work/out/bootstrap" | grep -o 'GLIBC_[0-9.]*' | sort -uV | tail -n 1)"
if [[ "$(printf '%s\n' "GLIBC_$newest_glibc" "$needed" | sort -V | tail -n 1)" != "GLIBC_$newest_glibc" ]]; then
  say "the bootstrap needs $needed, and provided.al2023 has GLIBC_$newest_glibc; publish in a container: see eng/publish-in-container.sh."
  exit 1
fi

mkdir -p "$target"
cp "$work/out/bootstrap" "$target/bootstrap"
echo "$target/bootstrap: $(stat -c %s "$target/bootstrap") bytes, AWS packages: $packages, linked by $linker, needs $needed"
