// @ts-check
// The client's side of a sign-in by SRP-6a as Cognito has it (RFC 5054's group of 3072 bits, SHA-256): the password is proved, not sent.

import { hmac, joined, sha256, utf8 } from "../evidence/bytes.js";
import { randomOctets } from "./random.js";

const generator = 2n;

// RFC 5054, appendix A.
const modulus = BigInt(
  "0xFFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DDEF9519B3CD3A431B" +
    "302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7EDEE386BFB5A899FA5AE9F24117C4B1FE649286651" +
    "ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804" +
    "F1746C08CA18217C32905E462E36CE3BE39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D22618" +
    "98FA051015728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7ABF5AE8CDB0933D7" +
    "1E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200CBBE117577A615D6C770988C0BAD946E208E24FA0" +
    "74E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
);

/** One sign-in, with a secret number of its own. */
export class SrpLogin {
  #pool;
  #secret = numberOf(randomOctets(128));
  #public = power(generator, this.#secret);

  /** @param {string} userPoolId For example `us-east-1_a1B2c3D4e`; what stands after the underscore is hashed. */
  constructor(userPoolId) {
    this.#pool = userPoolId.slice(userPoolId.indexOf("_") + 1);
  }

  /** SRP_A: hexadecimal. */
  get publicValue() {
    return hexOf(signed(this.#public));
  }

  /**
   * Answers a challenge: PASSWORD_CLAIM_SIGNATURE, in base64.
   * @param {Record<string, string>} asked The challenge's parameters.
   * @param {string} password
   * @param {string} timestamp The TIMESTAMP that is sent with it.
   */
  async claim(asked, password, timestamp) {
    const block = Uint8Array.from(atob(asked.SECRET_BLOCK), (symbol) => symbol.charCodeAt(0));
    const key = await this.#keyOf(asked, password);
    const signature = await hmac(key, joined(utf8(this.#pool + asked.USER_ID_FOR_SRP), block, utf8(timestamp)));
    return btoa(String.fromCharCode(...signature));
  }

  // S = (B - k·g^x)^(a + u·x), and 16 octets of HKDF over it.
  /** @param {Record<string, string>} asked @param {string} password */
  async #keyOf(asked, password) {
    const other = BigInt(`0x${asked.SRP_B}`);
    const scramble = await hashOf(signed(this.#public), signed(other));
    if (other % modulus === 0n || scramble === 0n) {
      throw new Error("The user pool's SRP_B is no number of the group.");
    }
    const identity = await sha256(utf8(`${this.#pool}${asked.USER_ID_FOR_SRP}:${password}`));
    const exponent = await hashOf(signed(BigInt(`0x${asked.SALT}`)), identity);
    const multiplier = await hashOf(signed(modulus), signed(generator));
    const difference = (other - multiplier * power(generator, exponent)) % modulus;
    const shared = power(difference < 0n ? difference + modulus : difference, this.#secret + scramble * exponent);
    return derive(signed(shared), signed(scramble));
  }
}

/** A time as Cognito wants it in a TIMESTAMP: `Thu Jan 1 00:00:00 UTC 1970`. @param {Date} date */
export function timestampOf(date) {
  const [day, number, month, year, time] = date.toUTCString().replace(",", "").split(" ");
  return `${day} ${month} ${Number(number)} ${time} UTC ${year}`;
}

/** @param {Uint8Array} secret @param {Uint8Array} salt */
async function derive(secret, salt) {
  const key = await crypto.subtle.importKey("raw", buffer(secret), "HKDF", false, ["deriveBits"]);
  const parameters = { name: "HKDF", hash: "SHA-256", salt: buffer(salt), info: buffer(utf8("Caldera Derived Key")) };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, 128));
}

/** @param {bigint} base @param {bigint} exponent */
function power(base, exponent) {
  let [result, square] = [1n, base % modulus];
  for (let left = exponent; left > 0n; left >>= 1n) {
    result = left & 1n ? (result * square) % modulus : result;
    square = (square * square) % modulus;
  }
  return result;
}

/** @param {Uint8Array} first @param {Uint8Array} second */
const hashOf = async (first, second) => numberOf(await sha256(joined(first, second)));

/** @param {Uint8Array} octets */
const numberOf = (octets) => BigInt(`0x${hexOf(octets)}`);

/** @param {Uint8Array} octets */
const hexOf = (octets) => Array.from(octets, (octet) => octet.toString(16).padStart(2, "0")).join("");

// As few octets as hold the number and a sign bit: the form in which numbers are hashed.
/** @param {bigint} number */
function signed(number) {
  const hex = number.toString(16);
  const even = hex.length % 2 === 0 ? hex : `0${hex}`;
  const text = Number.parseInt(even[0], 16) > 7 ? `00${even}` : even;
  return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** @param {Uint8Array} octets */
const buffer = (octets) => /** @type {Uint8Array<ArrayBuffer>} */ (octets);
