package org.auscult.server.signature;

import java.util.Arrays;
import java.util.Optional;

/**
 * What a signature says that its signer did (21 CFR 11.50(a)(3)).
 *
 * <p>Source: ASTM E1762-95(2013), as FHIR's value set signature-type lists it.
 */
public enum Meaning {
  AUTHOR("1.2.840.10065.1.12.1.1", "Author's Signature", "author"),
  REVIEWER("1.2.840.10065.1.12.1.13", "Review Signature", "reviewer"),
  APPROVER("1.2.840.10065.1.12.1.5", "Verification Signature", "approver");

  /** The code system of {@link #code}. */
  public static final String SYSTEM = "urn:iso-astm:E1762-95:2013";

  private final String code;
  private final String display;
  private final String word;

  Meaning(String code, String display, String word) {
    this.code = code;
    this.display = display;
    this.word = word;
  }

  /** The meaning of a code; empty if it is none of ours. */
  public static Optional<Meaning> of(String code) {
    return Arrays.stream(values()).filter(m -> m.code.equals(code)).findFirst();
  }

  /** In {@link #SYSTEM}. */
  public String code() {
    return code;
  }

  /** The code system's words. */
  public String display() {
    return display;
  }

  /** For people: what the signer was to the record. */
  public String word() {
    return word;
  }
}
