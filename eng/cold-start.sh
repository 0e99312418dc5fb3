#!/usr/bin/env bash
# Says where the time until a function's first answer goes, Native AOT beside the same code compiled by the JIT.
# Usage: eng/cold-start.sh [STARTS [HANDLER...]]; by default 20 starts each of DescribeService and SubmitReceipt.
set -euo pipefail
cd "$(dirname "$0")/.."
starts="${1:-20}"
handlers=("${@:2}")
[[ ${#handlers[@]} -gt 0 ]] || handlers=(DescribeService SubmitReceipt)
work="$PWD/artifacts/cold-start"
# The stand-in for Lambda's runtime says when the program runs, by which its parts are told apart.
FAIRSHARE_AWS_PACKAGES=compat FAIRSHARE_PUBLISHED_BY=eng/cold-start.sh bash eng/publish-functions.sh "$work/aot"
dotnet publish functions -c Release -r linux-x64 --self-contained -v q --nologo -p:FairSharePublish=true -p:AwsPackages=compat \
  -p:PublishAot=false -o "$work/jit"
dotnet build test/Functions.Benchmarks -c Release -v q --nologo
# What else the machine does would be measured too: real-time priority, where the system gives it.
first=()
if chrt -r 10 true 2> /dev/null; then first=(chrt -r 10); fi
for handler in "${handlers[@]}"; do
  "${first[@]}" test/Functions.Benchmarks/bin/Release/net10.0/FairShare.Functions.Benchmarks \
    cold "$starts" "$handler" "$work/aot" "$work/jit" 2> "$work/log" || { cat "$work/log" >&2; exit 1; }
done
