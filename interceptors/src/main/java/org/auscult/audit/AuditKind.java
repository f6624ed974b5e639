package org.auscult.audit;

import java.util.Arrays;

/** What sort of event a leaf records. The codes stand in leaves for good: none is ever changed. */
public enum AuditKind {
  /** A FHIR interaction or operation over HTTP; a transaction or batch is one. */
  REST("rest"),
  /** A CDS Hooks call, and the predictions that it made. */
  HOOK_CALL("hook-call"),
  /** What a clinician answered to a card. */
  FEEDBACK("feedback"),
  /** A model ran without a hook: an operation, a batch, a replay. */
  INFERENCE("inference"),
  /** A model or deployment was registered, approved, set live, suspended or retired. */
  STATE_CHANGE("state-change"),
  /** Somebody known asked for what the policy refuses. */
  ACCESS_DENIED("access-denied"),
  /** A person logged in, or out, or failed to; a second factor was set or used. */
  LOGIN("login"),
  /** A token was issued, refreshed, revoked, introspected, or refused. */
  TOKEN("token"),
  /** A caller was refused before anybody was known: a bad signature, a replay, too many calls. */
  CALLER_REFUSED("caller-refused"),
  /** A consent was given, changed, withdrawn, or decided a request. */
  CONSENT("consent"),
  /** Configuration, users, clients, keys or policy changed; auditing was switched off or on. */
  CONFIGURATION("configuration"),
  /** Data left the record in bulk: exports, training sets, reports, archives of this log. */
  EXPORT("export"),
  /** A pseudonym was turned back into a person. */
  REIDENTIFICATION("reidentification"),
  /** A person signed a record (21 CFR Part 11). */
  SIGNATURE("signature"),
  /** An emergency access against the rules, with its reason. */
  BREAK_GLASS("break-glass"),
  /** A suspected breach was opened, judged or closed. */
  BREACH("breach"),
  /** The server started, stopped, or tells of this log itself. */
  SYSTEM("system");

  private final String code;

  AuditKind(String code) {
    this.code = code;
  }

  /** As a leaf spells it. */
  public String code() {
    return code;
  }

  /**
   * The kind of a code.
   *
   * @throws IllegalArgumentException if this form of the leaf has none such
   */
  public static AuditKind of(String code) {
    return Arrays.stream(values())
        .filter(k -> k.code.equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("No kind of audit leaf: " + code));
  }
}
