/** Names of fields whose texts are secrets, wherever such a name stands at the end: `apiKey`, `x-api-key`, `client_secret`. */
export const SECRET_NAMES =
  /((api|secret|private|access)[-_]?keys?|authorization|passw(or)?ds?|passphrase|secrets?|cookies?|credentials?|(api|access|refresh|auth|bearer|session|id)[-_]?tokens?|^token)$/i;

/** What secrets look like in a text: keys of well-known services, tokens, and the password in an address. */
export const SECRET_PATTERNS: readonly RegExp[] = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[^]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/,
  /\bsk-[\w-]{8,}/,
  /\b(sk|pk|rk)_(live|test)_\w{8,}/,
  /\b(gh[pousr]_|github_pat_|glpat-|hf_|npm_|gsk_|xai-|pplx-|whsec_)(?=[A-Za-z0-9]{16})[\w-]+/,
  /\bxox[a-z]-[\w-]{8,}/,
  /\b(AKIA|ASIA)[0-9A-Z]{16}\b/,
  /\bAIza[\w-]{20,}/,
  /\beyJ[\w-]{8,}\.[\w-]+\.[\w-]*/,
  /(?<=\bBearer {1,8})[\w.~+/-]{8,}=*/,
  // Small letters begin words, too: a basic understanding is no secret.
  /(?<=\b(bearer|basic) {1,8})(?=[^\s\d=]*[\d=])[\w.~+/-]{8,}=*/i,
  /(?<=:\/\/[^\s:/@]*:)[^\s/]+(?=@)/,
];
