# JWS with openssl: functions for the walkthroughs, and for an interactive shell: . eng/walkthrough/jws.sh

b64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }

unb64url() {
  local text
  text=$(tr -- '-_' '+/')
  while (( ${#text} % 4 )); do text+='='; done
  printf %s "$text" | openssl base64 -d -A
}

# hex to bytes
unhex() { printf "$(sed 's/../\\x&/g')"; }

# 128 random bits, as ids are written
new_id() { openssl rand 16 | b64url; }

# 256 random bits, for the salt of an evidence of origin
new_salt() { openssl rand 32 | b64url; }

# commitment SALT DIGEST: what stands for the digest until the receipt is given
commitment() {
  printf %s "$2" | unb64url |
    openssl dgst -sha256 -mac HMAC -macopt "hexkey:$(printf %s "$1" | unb64url | od -An -v -tx1 | tr -d ' \n')" -binary | b64url
}

# signed_headers: of a ticket, the headers that its upload must carry, for curl -H @FILE
signed_headers() { jq -r '.upload.headers | del(."content-length") | to_entries[] | "\(.key): \(.value)"'; }

now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }

# new_key FILE: a P-256 key
new_key() { openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$1" 2>/dev/null; }

# jwk FILE: the public half. An uncompressed point ends the DER form: X and Y, 32 bytes each.
jwk() {
  local point
  point=$(openssl pkey -in "$1" -pubout -outform DER | tail -c 64 | od -An -v -tx1 | tr -d ' \n')
  printf '{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}' \
    "$(printf %s "${point:0:64}" | unhex | b64url)" "$(printf %s "${point:64}" | unhex | b64url)"
}

# key_id FILE: the RFC 7638 thumbprint; jwk writes the members in its order
key_id() { jwk "$1" | openssl dgst -sha256 -binary | b64url; }

# der_to_raw: a signature as openssl writes it, to the 64 bytes R||S of JWS
der_to_raw() {
  openssl asn1parse -inform DER | sed -n 's/.*INTEGER *://p' | while read -r number; do
    printf '%64s' "$number" | tr ' ' 0
  done | unhex
}

# raw_to_der: the other way
raw_to_der() {
  local hex
  hex=$(od -An -v -tx1 | tr -d ' \n')
  openssl asn1parse -noout -out /dev/stdout -genconf <(printf 'asn1=SEQUENCE:signature\n[signature]\nr=INTEGER:0x%s\ns=INTEGER:0x%s\n' "${hex:0:64}" "${hex:64}")
}

# jws FILE TYPE PAYLOAD: a compact JWS, ES256
jws() {
  local input
  input=$(printf '{"alg":"ES256","kid":"%s","typ":"%s"}' "$(key_id "$1")" "$2" | b64url).$(printf %s "$3" | b64url)
  printf '%s.%s' "$input" "$(printf %s "$input" | openssl dgst -sha256 -sign "$1" | der_to_raw | b64url)"
}

# payload TOKEN, token_hash TOKEN: what it says; by what it is referred to
payload() { printf %s "$1" | cut -d. -f2 | unb64url; }
token_hash() { printf %s "${1%.*}" | openssl dgst -sha256 -binary | b64url; }

# verify_jws TOKEN JWK: with openssl alone; the prefix is that of an uncompressed P-256 key in DER
verify_jws() {
  local folder outcome=0
  folder=$(mktemp -d)
  { printf 3059301306072a8648ce3d020106082a8648ce3d03010703420004 | unhex
    jq -rj .x <<<"$2" | unb64url; jq -rj .y <<<"$2" | unb64url; } >"$folder/key.der"
  printf %s "${1##*.}" | unb64url | raw_to_der >"$folder/signature.der"
  printf %s "${1%.*}" | openssl dgst -sha256 -verify "$folder/key.der" -keyform DER -signature "$folder/signature.der" >/dev/null || outcome=1
  rm -r "$folder"
  return $outcome
}
