// @ts-check
// The unsigned calls of the Cognito user pool (Amazon Cognito user pools API reference).

import { decode, fromUtf8 } from "../evidence/bytes.js";
import { Problem } from "./problem.js";

/** @typedef {{ endpoint: string, userPoolId: string, clientId: string }} Identity */
/** @typedef {{ access: string, expires: number, refresh: string }} Tokens */

/** A user pool. */
export class UserPool {
  #identity;

  /** @param {Identity} identity */
  constructor(identity) {
    this.#identity = identity;
  }

  /** Signs up; the pool mails a code. @param {string} email @param {string} password */
  signUp(email, password) {
    return this.#call("SignUp", { Username: email, Password: password, UserAttributes: [{ Name: "email", Value: email }] });
  }

  /** @param {string} email @param {string} code */
  confirm(email, code) {
    return this.#call("ConfirmSignUp", { Username: email, ConfirmationCode: code });
  }

  /** @param {string} email */
  resend(email) {
    return this.#call("ResendConfirmationCode", { Username: email });
  }

  /** Has a code mailed with which a new password can be set. @param {string} email */
  forgot(email) {
    return this.#call("ForgotPassword", { Username: email });
  }

  /** @param {string} email @param {string} code @param {string} password */
  reset(email, code, password) {
    return this.#call("ConfirmForgotPassword", { Username: email, ConfirmationCode: code, Password: password });
  }

  /** @param {string} token A refresh token, which yields no access token any more. */
  revoke(token) {
    return this.#call("RevokeToken", { Token: token });
  }

  /**
   * Signs in; asks for an authenticator's code only if the pool does.
   * @param {string} email @param {string} password @param {() => Promise<string>} askCode
   */
  async signIn(email, password, askCode) {
    const { SrpLogin, timestampOf } = await import("./srp.js");
    const sent = Date.now();
    const login = new SrpLogin(this.#identity.userPoolId);
    let answer = await this.#initiate("USER_SRP_AUTH", { USERNAME: email, SRP_A: login.publicValue });
    if (answer.ChallengeName === "PASSWORD_VERIFIER") {
      const asked = answer.ChallengeParameters;
      const timestamp = timestampOf(new Date());
      answer = await this.#respond(answer, {
        USERNAME: asked.USER_ID_FOR_SRP,
        PASSWORD_CLAIM_SECRET_BLOCK: asked.SECRET_BLOCK,
        PASSWORD_CLAIM_SIGNATURE: await login.claim(asked, password, timestamp),
        TIMESTAMP: timestamp,
      });
    }
    if (answer.ChallengeName === "SOFTWARE_TOKEN_MFA") {
      const user = answer.ChallengeParameters?.USER_ID_FOR_SRP ?? email;
      answer = await this.#respond(answer, { USERNAME: user, SOFTWARE_TOKEN_MFA_CODE: await askCode() });
    }
    return tokensOf(answer, sent, null);
  }

  /** @param {string} token A refresh token. */
  async refresh(token) {
    const sent = Date.now();
    return tokensOf(await this.#initiate("REFRESH_TOKEN_AUTH", { REFRESH_TOKEN: token }), sent, token);
  }

  /** @param {string} flow @param {Record<string, string>} parameters */
  #initiate(flow, parameters) {
    return this.#call("InitiateAuth", { AuthFlow: flow, AuthParameters: parameters });
  }

  /** @param {any} answer @param {Record<string, string>} responses */
  #respond({ ChallengeName, Session }, responses) {
    return this.#call("RespondToAuthChallenge", { ChallengeName, ChallengeResponses: responses, Session });
  }

  /** @param {string} operation @param {Record<string, unknown>} input @returns {Promise<any>} */
  async #call(operation, input) {
    const { endpoint, clientId } = this.#identity;
    const headers = { "content-type": "application/x-amz-json-1.1", "x-amz-target": `AWSCognitoIdentityProviderService.${operation}` };
    const body = JSON.stringify({ ...input, ClientId: clientId });
    let response;
    try {
      response = await fetch(endpoint, { method: "POST", headers, body, credentials: "omit", referrerPolicy: "no-referrer" });
    } catch {
      throw new Problem("unreachable", "The user pool cannot be reached.");
    }
    const answer = await response.json().catch(() => ({}));
    if (!response.ok) {
      const kind = String(answer.__type ?? `http-${response.status}`)
        .split("#")
        .pop();
      throw new Problem(kind ?? "", answer.message ?? answer.Message ?? "The user pool refused.", response.status);
    }
    return answer;
  }
}

/** The claims of a token, read and not verified: the service does that. @param {string} token */
export const claimsOf = (token) => JSON.parse(fromUtf8(decode(token.split(".")[1] ?? "") ?? new Uint8Array()) ?? "{}");

/** @param {any} answer @param {number} sent @param {string | null} refresh @returns {Tokens} */
function tokensOf(answer, sent, refresh) {
  const result = answer.AuthenticationResult;
  if (result === undefined) {
    throw new Problem("unknown-challenge", `The user pool asks for ${answer.ChallengeName}, which this page does not know.`);
  }
  return { access: result.AccessToken, expires: sent + result.ExpiresIn * 1000, refresh: result.RefreshToken ?? refresh };
}
