#!/bin/sh
# Verifies the evidence in this folder with a POSIX shell, openssl and coreutils alone.
# Usage: sh verify.sh STORE-KEY [DOCUMENT]
#   STORE-KEY  the thumbprint of the store's key, which you know from elsewhere than this folder
#   DOCUMENT   the document's file; its digest is compared with the one that the sender signed
# Exit code: 0 when everything holds, 1 when something does not, 2 when it cannot be told.
set -u
LC_ALL=C
export LC_ALL
here=$(cd "$(dirname "$0")" && pwd) || exit 2
if [ $# -lt 1 ] || [ $# -gt 2 ]; then
  echo "usage: sh verify.sh STORE-KEY [DOCUMENT]" >&2
  echo "STORE-KEY is the thumbprint of the store's key, 43 characters, which you know from elsewhere than this folder." >&2
  exit 2
fi
anchor=$1
document=${2:-}
case $anchor in
  *[!A-Za-z0-9_-]*) wrong=1 ;;
  *) wrong=0 ;;
esac
if [ ${#anchor} -ne 43 ] || [ $wrong -ne 0 ]; then
  echo "$anchor is no thumbprint of a key: those have 43 characters. Usage: sh verify.sh STORE-KEY [DOCUMENT]" >&2
  exit 2
fi
if [ -n "$document" ] && [ ! -r "$document" ]; then
  echo "$document is not there, or cannot be read." >&2
  exit 2
fi
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
bad=0

# check NAME CONDITION...: one line, and what it comes to
check() {
  name=$1
  shift
  if "$@"; then echo "ok    $name"; else echo "FAIL  $name"; bad=1; fi
}

same() { [ -n "$1" ] && [ "$1" = "$2" ]; }
not_after() { [ -n "$1" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort | head -n 1)" = "$1" ]; }

b64url() { openssl base64 -A | tr -- '+/' '-_' | tr -d '='; }
unb64url() {
  text=$(tr -- '-_' '+/')
  while [ $((${#text} % 4)) -ne 0 ]; do text="$text="; done
  printf %s "$text" | openssl base64 -d -A
}
hex() { od -An -v -tx1 | tr -d ' \n'; }
bytes() {
  rest=$1
  escaped=
  while [ -n "$rest" ]; do
    next=${rest#??}
    escaped="$escaped\\$(printf %03o "0x${rest%"$next"}")"
    rest=$next
  done
  # shellcheck disable=SC2059
  printf "$escaped"
}

# A signature of JWS is two numbers of 32 bytes; openssl wants them in DER.
der_integer() {
  number=$1
  while [ ${#number} -gt 2 ] && [ "${number#00}" != "$number" ]; do number=${number#00}; done
  case $number in [89a-f]*) number=00$number ;; esac
  printf '02%02x%s' $((${#number} / 2)) "$number"
}
der() {
  pair=$(der_integer "$(printf %s "$1" | cut -c 1-64)")$(der_integer "$(printf %s "$1" | cut -c 65-128)")
  printf '30%02x%s' $((${#pair} / 2)) "$pair"
}

# member NAME JSON: a member of the payload, which is compact; inside a string a quotation mark has a backslash before it.
member() {
  case $2 in *"\"$1\":"*) ;; *) return ;; esac
  value=${2#*"\"$1\":"}
  case $value in
    '"'*) value=${value#'"'} && printf %s "${value%%'"'*}" ;;
    '['*) value=${value#'['} && printf %s "${value%%']'*}" ;;
    *) value=${value%%,*} && printf %s "${value%%'}'*}" ;;
  esac
}

# plain JSON: whether it is compact, with escapes in the document's name alone; evidence has no other form.
plain() {
  rest=$1
  outside=
  before=
  while :; do
    case $rest in *'"'*) ;; *) outside=$outside$rest && break ;; esac
    outside=$outside${rest%%'"'*}
    rest=${rest#*'"'}
    string=${rest%%'"'*}
    rest=${rest#*'"'}
    while [ "${string%\\}" != "$string" ] && [ "${string%\\\\}" = "$string" ]; do
      case $rest in *'"'*) ;; *) return 1 ;; esac
      string=$string\"${rest%%'"'*}
      rest=${rest#*'"'}
    done
    case $string in *\\*) [ "$before" = name ] || return 1 ;; esac
    before=$string
  done
  case $outside in *[[:space:]]*) return 1 ;; esac
}

read_token() { tr -d ' \r\n' <"$here/$1.jws"; }
payload() { printf %s "$1" | cut -d . -f 2 | unb64url; }
kid() { member kid "$(printf %s "$1" | cut -d . -f 1 | unb64url)"; }
kind() { member typ "$(printf %s "$1" | cut -d . -f 1 | unb64url)"; }
hash_of() { printf %s "${1%.*}" | openssl dgst -sha256 -binary | b64url; }

thumbprint() {
  point=$(openssl pkey -pubin -in "$1" -outform DER | tail -c 64 | hex)
  x=$(bytes "$(printf %s "$point" | cut -c 1-64)" | b64url)
  y=$(bytes "$(printf %s "$point" | cut -c 65-128)" | b64url)
  printf '{"crv":"P-256","kty":"EC","x":"%s","y":"%s"}' "$x" "$y" | openssl dgst -sha256 -binary | b64url
}

# The party whose key it is, as keys.json says.
owner() {
  found=
  while IFS= read -r line; do
    case $line in
      *'"kid": "'*) found=${line#*'"kid": "'} && found=${found%%'"'*} ;;
      *'"party": "'*) if [ "$found" = "$1" ]; then line=${line#*'"party": "'} && printf %s "${line%%'"'*}" && return; fi ;;
    esac
  done <"$here/keys.json"
}

signed() {
  key=$here/keys/$(kid "$1").pem
  [ -f "$key" ] && same "$(thumbprint "$key")" "$(kid "$1")" || return 1
  signature=$(printf %s "${1##*.}" | unb64url | hex)
  [ ${#signature} -eq 128 ] || return 1
  bytes "$(der "$signature")" >"$work/signature"
  printf %s "${1%.*}" | openssl dgst -sha256 -verify "$key" -signature "$work/signature" >/dev/null 2>&1
}

# token NAME KIND: reads it, and checks its kind, its signature and whose key that is
token() {
  [ -f "$here/$1.jws" ] || return 1
  text=$(read_token "$1")
  said=$(payload "$text")
  check "$1.written" plain "$(printf %s "$text" | cut -d . -f 1 | unb64url)"
  check "$1.written" plain "$said"
  case $2 in
    EvidenceOfOrigin) signer=$(member orig "$said") ;;
    EvidenceOfReceipt | Refusal) signer=$(member rcpt "$said") && signer=${signer#'"'} && signer=${signer%'"'} ;;
    *) signer=$(member ttp "$said") ;;
  esac
  check "$1.kind" same "$(kind "$text")" "$2"
  check "$1.signature" signed "$text"
  check "$1.signer" same "$(owner "$(kid "$text")")" "$signer"
  [ "$signer" != "$(member ttp "$said")" ] || check "$1.store-key" same "$(kid "$text")" "$anchor"
}

# agree NAME PAYLOAD: it is about what the challenge is about
agree() {
  for name in orig rcpt ttp exch; do check "$1.$name" same "$(member $name "$2")" "$(member $name "$challenge_said")"; done
  about "$1" "$2"
}
about() {
  for name in id version size method; do
    check "$1.doc.$name" same "$(member $name "${2#*'"doc":{'}")" "$(member $name "${challenge_said#*'"doc":{'}")"
  done
}

commitment() {
  salt=$(printf %s "$(member salt "$1")" | unb64url | hex)
  printf %s "$(member digest "$1")" | unb64url | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$salt" -binary | b64url
}

# digest METHOD PART-SIZE FILE: of the whole, or of the digests of its parts
digest() {
  if [ "$1" = sha-256 ]; then openssl dgst -sha256 -binary "$3" | b64url && return; fi
  total=$(wc -c <"$3")
  offset=0
  : >"$work/parts"
  while [ "$offset" -lt "$total" ]; do
    tail -c +$((offset + 1)) "$3" 2>/dev/null | head -c "$2" | openssl dgst -sha256 -binary >>"$work/parts"
    offset=$((offset + $2))
  done
  openssl dgst -sha256 -binary "$work/parts" | b64url
}

token challenge ReceiptChallenge || { echo "challenge.jws is missing: this is not the evidence of an exchange" >&2; exit 2; }
challenge=$text
challenge_said=$said
ending=none
if token nro EvidenceOfOrigin; then
  nro=$text
  nro_said=$said
  check nro.orig same "$(member orig "$nro_said")" "$(member orig "$challenge_said")"
  about nro "$nro_said"
  check challenge.ref same "$(member ref "$challenge_said")" "\"$(hash_of "$nro")\""
  case $(member pol "$nro_said") in
    urn:fairshare:policy:1) ;;
    *) check challenge.commitment same "$(member commitment "$challenge_said")" "$(commitment "$nro_said")" ;;
  esac
fi
origin_ref=$(member ref "$challenge_said")
here() { [ -f "$here/$1.jws" ]; }
if here nrr || here release; then
  ending=Completed
  if here refusal || here record; then check exchange.ending false; fi
fi
if token nrr EvidenceOfReceipt; then
  nrr=$text
  agree nrr "$said"
  check nrr.ref same "$(member ref "$said")" "$origin_ref,\"$(hash_of "$challenge")\""
  check nrr.nonce same "$(member nonce "$said")" "$(member nonce "$challenge_said")"
fi
if token release ReleaseRecord; then
  agree release "$said"
  check release.ref same "$(member ref "$said")" "$origin_ref,\"$(hash_of "${nrr:-}")\""
  check release.due same "$(member due "$said")" "$(member due "$challenge_said")"
  check release.time not_after "$(member gen "$said")" "$(member due "$challenge_said")"
fi
# Only the store's answer says that a receipt or a refusal is the downloader's, and was taken.
if [ $ending = Completed ]; then check exchange.form eval 'here nro && here nrr && here release'; fi
refusal=
if token refusal Refusal; then
  refusal=$text
  agree refusal "$said"
  check refusal.ref same "$(member ref "$said")" "$origin_ref,\"$(hash_of "$challenge")\""
  check refusal.nonce same "$(member nonce "$said")" "$(member nonce "$challenge_said")"
  check exchange.form here record
fi
if here record; then
  case $(kind "$(read_token record)") in
    ExpiryRecord)
      ending=Expired
      token record ExpiryRecord
      expected="$origin_ref,\"$(hash_of "$challenge")\""
      [ -z "$refusal" ] || check exchange.ending false
      ;;
    *)
      ending=Ended
      token record AbortRecord
      expected=$origin_ref${refusal:+,\"$(hash_of "$refusal")\"}
      ;;
  esac
  agree record "$said"
  check record.ref same "$(member ref "$said")" "$expected"
fi
if [ -n "$document" ]; then
  if [ -z "${nro_said:-}" ]; then
    echo "The document cannot be compared: before the receipt the evidence only commits to its digest."
  else
    check document.size same "$(($(wc -c <"$document")))" "$(member size "$nro_said")"
    check document.digest same "$(digest "$(member method "$nro_said")" "$(member partSize "$nro_said")" "$document")" "$(member digest "$nro_said")"
  fi
fi

if [ $bad -ne 0 ]; then
  echo "REFUSED."
  exit 1
fi
echo "What was checked holds: $ending, under the store key $anchor."
