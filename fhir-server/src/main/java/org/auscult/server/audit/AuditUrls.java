package org.auscult.server.audit;

import org.auscult.feature.fhir.FeatureUrls;

/** Canonicals of the audit log; the guide in {@code ig} defines them. */
final class AuditUrls {
  private static final String OPERATION = FeatureUrls.BASE + "/OperationDefinition/";
  private static final String STRUCTURE = FeatureUrls.BASE + "/StructureDefinition/";

  static final String HEAD = OPERATION + "audit-head";
  static final String PROOF = OPERATION + "audit-proof";
  static final String CONSISTENCY = OPERATION + "audit-consistency";
  static final String VERIFY = OPERATION + "audit-verify";
  static final String EXPORT = OPERATION + "audit-export";
  static final String ARCHIVE = OPERATION + "audit-archive";
  static final String ARCHIVES = OPERATION + "audit-archives";
  static final String RESTORE = OPERATION + "audit-restore";
  static final String ARCHIVE_KEY = OPERATION + "audit-archive-key";
  static final String OPEN_BREACH = OPERATION + "open-breach";
  static final String ACCESS_REPORT = OPERATION + "patient-access-report";
  static final String USER_REPORT = OPERATION + "user-report";
  static final String AI_REPORT = OPERATION + "patient-ai-report";

  /** The place of an event's leaf in the log. */
  static final String LEAF_INDEX = STRUCTURE + "audit-leaf-index";

  static final String EVENT = STRUCTURE + "audit-event";
  static final String CREATE = STRUCTURE + "audit-create";
  static final String PATIENT_CREATE = STRUCTURE + "audit-patient-create";
  static final String READ = STRUCTURE + "audit-read";
  static final String PATIENT_READ = STRUCTURE + "audit-patient-read";
  static final String UPDATE = STRUCTURE + "audit-update";
  static final String PATIENT_UPDATE = STRUCTURE + "audit-patient-update";
  static final String DELETE = STRUCTURE + "audit-delete";
  static final String PATIENT_DELETE = STRUCTURE + "audit-patient-delete";
  static final String QUERY = STRUCTURE + "audit-query";
  static final String PATIENT_QUERY = STRUCTURE + "audit-patient-query";
  static final String HOOK_CALL = STRUCTURE + "audit-cds-hook-call";
  static final String INFERENCE = STRUCTURE + "audit-ai-inference";
  static final String STATE_CHANGE = STRUCTURE + "audit-ai-model-state-change";
  static final String FEEDBACK = STRUCTURE + "audit-ai-feedback";
  static final String ACCESS_DENIED = STRUCTURE + "audit-access-denied";

  static final String LOGIN = STRUCTURE + "audit-login";
  static final String TOKEN = STRUCTURE + "audit-token";
  static final String CONSENT = STRUCTURE + "audit-consent";
  static final String DISCLOSURE = STRUCTURE + "audit-disclosure";

  static final String BREACH_TASK = STRUCTURE + "breach-task";

  /** Why something is suspected. */
  static final String BREACH_RULE_SYSTEM = FeatureUrls.BASE + "/CodeSystem/breach-rule";

  /** Kinds of events that FHIR has no code for. */
  static final String KIND_SYSTEM = FeatureUrls.BASE + "/CodeSystem/audit-kind";

  /** What an entity of an event is. */
  static final String ENTITY_SYSTEM = FeatureUrls.BASE + "/CodeSystem/audit-entity";

  private AuditUrls() {}
}
