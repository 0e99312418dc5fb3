#!/usr/bin/env bash
# docs/curl.md, from start to end: the whole exchange with curl, signing with openssl.
NAME=curl
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need curl openssl jq od cmp
start_host
discover

join_as alice
join_as bob
say "alice $alice, bob $bob"

# 1, 2
document=$work/contract.txt
printf 'Alice sells Bob a bicycle.\n' >"$document"
size=$(stat -c %s "$document")
digest=$(openssl dgst -sha256 -binary "$document" | b64url)
ticket=$(api 201 POST /documents "$alice_token" "$(jq -nc --argjson size "$size" --arg digest "$digest" --arg bob "$bob" \
  '{name: "contract.txt", mediaType: "text/plain", size: $size, digest: {method: "sha-256", value: $digest}, audience: [$bob]}')")
file=$(jq -r .fileId <<<"$ticket")
signed_headers <<<"$ticket" >"$work/upload.headers"

# Other bytes than the announced ones are refused, and so is the URL without the signed header.
printf 'Alice gives Bob a bicycle.\n' >"$work/other.txt"
call 400 PUT "$(jq -r .upload.url <<<"$ticket")" -H "@$work/upload.headers" --upload-file "$work/other.txt" | grep -q '<Code>'
call 403 PUT "$(jq -r .upload.url <<<"$ticket")" --upload-file "$document" | grep -q SignatureDoesNotMatch
version=$(curl -sS -f -D - -o /dev/null -X PUT "$(jq -r .upload.url <<<"$ticket")" -H "@$work/upload.headers" --upload-file "$document" |
  tr -d '\r' | sed -n 's/^x-amz-version-id: //Ip')
[[ -n $version ]] || die 'S3 returned no version'
# What is there is not replaced, whoever else holds the URL.
call 412 PUT "$(jq -r .upload.url <<<"$ticket")" -H "@$work/upload.headers" --upload-file "$document" | grep -q PreconditionFailed

# 3, v
nonce=$(jq -r .nonce <<<"$ticket")
nro=$(jws "$work/alice.pem" EvidenceOfOrigin "$(origin_payload "[\"$bob\"]" "$file" "$version" contract.txt text/plain "$size" "$digest" "$nonce")")
step3=$(jq -nc --argjson ticket "$ticket" --arg signature "$nro" '{filePath: $ticket.filePath, nonce: $ticket.nonce, signature: $signature}')
deposit=$(api 200 POST "/documents/$file/origin" "$alice_token" "$step3")
expect verified "$(jq -r .verified <<<"$deposit")" true
expect 'H(NRO) in the deposit receipt' "$(payload "$(jq -r .receipt <<<"$deposit")" | jq -r '.ref[0]')" "$(token_hash "$nro")"
say "deposited $file"

# 4, 5
expect 'what Bob may ask for' "$(api 200 GET '/documents?role=reader' "$bob_token" | jq -r '.documents[].fileId')" "$file"
step5=$(api 201 POST "/documents/$file/exchanges" "$bob_token" '{}')
exchange=$(jq -r .exchangeId <<<"$step5")
challenge=$(jq -r .challenge <<<"$step5")
verify_jws "$challenge" "$(jq -c '.keys[0].jwk' <<<"$service")" || die 'the challenge is not sealed by the store'
expect 'the digest in the challenge' "$(payload "$challenge" | jq -r .doc.digest)" null
expect 'H(NRO) in the challenge' "$(payload "$challenge" | jq -r '.ref[0]')" "$(token_hash "$nro")"

# Before step 6 neither party has the other's evidence.
expect 'evidence before the receipt' "$(api 200 GET "/exchanges/$exchange/evidence" "$bob_token" | jq -c '.tokens | keys')" '["challenge"]'
expect 'evidence before the receipt' "$(api 200 GET "/exchanges/$exchange/evidence" "$alice_token" | jq -c '.tokens.nrr')" null

# 6, 8
nrr=$(jws "$work/bob.pem" EvidenceOfReceipt "$(receipt_payload "$challenge")")
step6=$(jq -nc --arg nonce "$(jq -r .nonce <<<"$step5")" --arg signature "$nrr" '{nonce: $nonce, signature: $signature}')
step8=$(api 200 POST "/exchanges/$exchange/receipt" "$bob_token" "$step6")
expect state "$(jq -r .state <<<"$step8")" Completed
expect 'the delivered NRO' "$(jq -r .nro <<<"$step8")" "$nro"
expect 'what the challenge committed to' "$(commitment "$(payload "$nro" | jq -r .salt)" "$digest")" "$(payload "$challenge" | jq -r .doc.commitment)"
release=$(jq -r .release <<<"$step8")
verify_jws "$release" "$(jq -c '.keys[0].jwk' <<<"$service")" || die 'the release is not sealed by the store'
expect 'what the release answers' "$(payload "$release" | jq -c .ref)" "[\"$(token_hash "$nro")\",\"$(token_hash "$nrr")\"]"
curl -sS -f -o "$work/received.txt" "$(jq -r .filePath <<<"$step8")"
cmp "$document" "$work/received.txt" || die 'the received bytes differ'
say "exchange $exchange completed"

# 7, evidence, a renewed URL
expect 'Alice’s inbox' "$(api 200 GET /inbox "$alice_token" | jq -r '.messages[] | "\(.protocolStep) \(.exchangeId)"')" "7 $exchange"
expect 'Bob’s inbox' "$(api 200 GET /inbox "$bob_token" | jq -r '.messages[] | "\(.protocolStep) \(.exchangeId)"')" "8 $exchange"
evidence=$(api 200 GET "/exchanges/$exchange/evidence" "$alice_token")
expect 'the NRR that Alice has' "$(jq -r .tokens.nrr <<<"$evidence")" "$nrr"
verify_jws "$nrr" "$(jq -c --arg bob "$bob" '.keys[] | select(.party == $bob).jwk' <<<"$evidence")" || die 'the receipt does not verify'
curl -sS -f "$(api 200 POST "/exchanges/$exchange/download" "$bob_token" | jq -r .filePath)" | cmp - "$document"

# What was done is done.
expect 'a repeat of step 6' "$(api 200 POST "/exchanges/$exchange/receipt" "$bob_token" "$step6" | jq -r .release)" "$release"
expect 'a second receipt' "$(api 409 POST "/exchanges/$exchange/receipt" "$bob_token" \
  "$(jq -c --arg other "$(jws "$work/bob.pem" EvidenceOfReceipt "$(receipt_payload "$challenge")")" '.signature = $other' <<<"$step6")" | jq -r .code)" nonce-used

say "walkthrough $NAME: ok"
