package org.auscult.server.keys;

/** What a key is for; no key serves two purposes. */
public enum KeyPurpose {
  /** Access and id tokens of the embedded authorization server: RSA 2048, RS256. */
  TOKEN("RS256"),
  /** Heads of the audit log's tree: Ed25519. */
  TREE_HEAD("Ed25519"),
  /** Signatures of persons on records (21 CFR Part 11): P-384, ES384. */
  RECORD_SIGNATURE("ES384"),
  /** Calls that this server makes in the name of a demonstration's EHR: P-384, ES384. */
  DEMONSTRATION_EHR("ES384"),
  /** Proves to EHRs that launch applications from here that it is this server: P-384, ES384. */
  EHR_LAUNCH("ES384"),
  /** Notifications of what monitoring finds: P-384, ES384. */
  NOTIFICATION("ES384");

  private final String algorithm;

  KeyPurpose(String algorithm) {
    this.algorithm = algorithm;
  }

  /** The JWS name of the algorithm. */
  public String algorithm() {
    return algorithm;
  }
}
