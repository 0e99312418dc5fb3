#!/usr/bin/env bash
# Publishes the handlers within a container of Amazon Linux 2023, the system of the runtime provided.al2023, from whatever system this is:
#   docker run --rm --platform linux/amd64 -v "$PWD":/src -w /src amazonlinux:2023 bash eng/publish-in-container.sh [DIRECTORY]
set -euo pipefail
cd "$(dirname "$0")/.."
dnf -y -q install clang zlib-devel binutils tar gzip findutils libicu
curl -fsSL https://dot.net/v1/dotnet-install.sh | bash -s -- --channel 10.0 --install-dir /usr/lib64/dotnet
PATH="$PATH:/usr/lib64/dotnet" exec eng/publish-functions.sh "$@"
