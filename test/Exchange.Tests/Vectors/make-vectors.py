#!/usr/bin/env python3
"""Makes the tokens of one exchange with Python and openssl alone, as another implementation would.

Usage: cd test/Exchange.Tests/Vectors && ./make-vectors.py [1|2]
Writes policy-1/ or policy-2/ (default): nro.jws, challenge.jws, nrr.jws, release.jws, keys.json, document.txt. New keys each time.
"""
import base64
import hashlib
import hmac
import json
import pathlib
import subprocess
import sys
import tempfile

ALICE = "3f2504e0-4f89-41d3-9a0c-0305e82c3301"
BOB = "6ba7b810-9dad-11d1-80b4-00c04fd430c8"
STORE = "urn:fairshare:tds:vectors"
POLICY = sys.argv[1] if len(sys.argv) > 1 else "2"
OUT = pathlib.Path(f"policy-{POLICY}")
SALT = hashlib.sha256(b"a salt for the vectors, which need no secrets").digest()
DOCUMENT = b"The quick brown fox receipts before it reads.\n"
ETSI = "http://uri.etsi.org/19522/Event/"


def b64(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False).encode()


def openssl(*arguments, data=None):
    return subprocess.run(["openssl", *arguments], input=data, capture_output=True, check=True).stdout


class Party:
    def __init__(self, owner, holder, folder):
        self.owner, self.holder = owner, holder
        self.path = pathlib.Path(folder) / b64(owner.encode())
        openssl("ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", str(self.path))
        point = openssl("ec", "-in", str(self.path), "-pubout", "-outform", "DER")[-64:]
        self.jwk = {"crv": "P-256", "kty": "EC", "x": b64(point[:32]), "y": b64(point[32:])}
        self.kid = b64(hashlib.sha256(compact(self.jwk)).digest())

    def issue(self, kind, payload):
        header = {"alg": "ES256", "kid": self.kid, "typ": kind}
        signed = f"{b64(compact(header))}.{b64(compact(payload))}"
        der = openssl("dgst", "-sha256", "-sign", str(self.path), data=signed.encode())
        return f"{signed}.{b64(joined(der))}", b64(hashlib.sha256(signed.encode()).digest())

    def entry(self):
        return {"kid": self.kid, "party": self.owner, "kind": self.holder, "jwk": self.jwk,
                "notBefore": "2026-01-01T00:00:00.000Z", "notAfter": "2028-01-01T00:00:00.000Z"}


def joined(der):
    length = der[3]
    r, s = der[4:4 + length], der[6 + length:]
    return b"".join(int.from_bytes(number, "big").to_bytes(32, "big") for number in (r, s))


def statement(kind_event, identifier, **members):
    base = {"ver": 1, "id": b64(identifier.encode().ljust(16, b"."))}
    event = kind_event if kind_event.startswith("urn:") else ETSI + kind_event
    base |= {"event": event, "pol": f"urn:fairshare:policy:{POLICY}", "orig": ALICE, "rcpt": [BOB], "ttp": STORE}
    return base | members


def main():
    OUT.mkdir(exist_ok=True)
    document = {"id": b64(b"document".ljust(16, b".")), "version": "vectors.1", "name": "Füchse – 契約.txt", "type": "text/plain",
                "size": len(DOCUMENT), "method": "sha-256", "digest": b64(hashlib.sha256(DOCUMENT).digest())}
    digest = hashlib.sha256(DOCUMENT).digest()
    committed = {name: value for name, value in document.items() if name != "digest"}
    committed["commitment"] = b64(hmac.new(SALT, digest, hashlib.sha256).digest())
    seen = document if POLICY == "1" else committed
    submission, salt = ("SubmissionAcceptance", {}) if POLICY == "1" else ("urn:fairshare:event:submission", {"salt": b64(SALT)})
    exchange = b64(b"exchange".ljust(16, b"."))
    nonces = [b64(name.ljust(16, b".")) for name in (b"upload", b"receipt")]
    due = "2026-11-21T13:00:00.000Z"
    with tempfile.TemporaryDirectory() as folder:
        alice, bob, store = Party(ALICE, "self", folder), Party(BOB, "self", folder), Party(STORE, "kms", folder)
        nro, h_nro = alice.issue("EvidenceOfOrigin", statement(
            submission, "nro", doc=document, **salt, nonce=nonces[0], gen="2026-11-21T12:00:00.000Z", hold="self"))
        challenge, h_challenge = store.issue("ReceiptChallenge", statement(
            "NotificationForAcceptance", "challenge", exch=exchange, doc=seen, ref=[h_nro], nonce=nonces[1],
            gen="2026-11-21T12:10:00.000Z", due=due))
        nrr, h_nrr = bob.issue("EvidenceOfReceipt", statement(
            "ConsignmentAcceptance", "nrr", exch=exchange, doc=seen, ref=[h_nro, h_challenge], nonce=nonces[1],
            gen="2026-11-21T12:20:00.123Z", due=due, hold="self"))
        release, _ = store.issue("ReleaseRecord", statement(
            "ContentConsignment", "release", exch=exchange, doc=seen, ref=[h_nro, h_nrr],
            gen="2026-11-21T12:20:01.000Z", due=due))
        keys = {"keys": [party.entry() for party in (alice, bob, store)]}
    for name, text in (("nro", nro), ("challenge", challenge), ("nrr", nrr), ("release", release)):
        (OUT / f"{name}.jws").write_text(text + "\n")
    (OUT / "keys.json").write_text(json.dumps(keys, indent=2) + "\n")
    (OUT / "document.txt").write_bytes(DOCUMENT)


main()
