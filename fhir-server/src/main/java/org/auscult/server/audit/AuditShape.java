package org.auscult.server.audit;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditTrail;
import org.hl7.fhir.r4.model.Coding;

/**
 * The shapes of our AuditEvents: BALP's five with their patient forms, those for sign-ins, tokens,
 * consents and disclosures, and our own.
 */
enum AuditShape {
  CREATE(AuditUrls.CREATE, AuditUrls.PATIENT_CREATE),
  READ(AuditUrls.READ, AuditUrls.PATIENT_READ),
  UPDATE(AuditUrls.UPDATE, AuditUrls.PATIENT_UPDATE),
  DELETE(AuditUrls.DELETE, AuditUrls.PATIENT_DELETE),
  QUERY(AuditUrls.QUERY, AuditUrls.PATIENT_QUERY),
  HOOK_CALL(AuditUrls.HOOK_CALL, AuditUrls.HOOK_CALL),
  INFERENCE(AuditUrls.INFERENCE, AuditUrls.INFERENCE),
  STATE_CHANGE(AuditUrls.STATE_CHANGE, AuditUrls.STATE_CHANGE),
  FEEDBACK(AuditUrls.FEEDBACK, AuditUrls.FEEDBACK),
  ACCESS_DENIED(AuditUrls.ACCESS_DENIED, AuditUrls.ACCESS_DENIED),
  LOGIN(AuditUrls.LOGIN, AuditUrls.LOGIN),
  TOKEN(AuditUrls.TOKEN, AuditUrls.TOKEN),
  CONSENT(AuditUrls.CONSENT, AuditUrls.CONSENT),
  DISCLOSURE(AuditUrls.DISCLOSURE, AuditUrls.DISCLOSURE),
  /** What has no shape of its own: transactions, operations, changes of configuration. */
  OTHER(AuditUrls.EVENT, AuditUrls.EVENT);

  private static final String INTERACTION = "http://hl7.org/fhir/restful-interaction";

  /** Our words for HAPI's operation types, by FHIR's code system of interactions. */
  private static final Map<String, String> INTERACTIONS =
      Map.of(
          "metadata", "capabilities",
          "get-page", "search",
          "add-tags", "update",
          "delete-tags", "update",
          "meta-add", "update",
          "meta-delete", "update",
          "update-rewrite-history", "update");

  private final String profile;
  private final String patientProfile;

  AuditShape(String profile, String patientProfile) {
    this.profile = profile;
    this.patientProfile = patientProfile;
  }

  /** The profile of an event of this shape. */
  String profile(boolean hasPatient) {
    return hasPatient ? patientProfile : profile;
  }

  /** The shape of a leaf's events. */
  static AuditShape of(AuditEntry entry) {
    return switch (entry.kind()) {
      case HOOK_CALL -> HOOK_CALL;
      case INFERENCE -> INFERENCE;
      case STATE_CHANGE -> STATE_CHANGE;
      case FEEDBACK -> FEEDBACK;
      case ACCESS_DENIED -> ACCESS_DENIED;
      case LOGIN -> LOGIN;
      case TOKEN -> TOKEN;
      case CONSENT -> CONSENT;
      case EXPORT -> DISCLOSURE;
      case REST -> rest(interaction(entry));
      default -> OTHER;
    };
  }

  private static AuditShape rest(String interaction) {
    return switch (interaction) {
      case "create" -> CREATE;
      case "read", "vread" -> READ;
      case "update", "patch" -> UPDATE;
      case "delete" -> DELETE;
      case "search", "search-type", "search-system" -> QUERY;
      default -> OTHER;
    };
  }

  /** The subtype: an interaction of FHIR's, or DICOM's word; empty where there is none. */
  static Optional<Coding> subtype(AuditEntry entry) {
    return switch (entry.kind()) {
      case REST -> Optional.of(new Coding(INTERACTION, interaction(entry), null));
      case LOGIN ->
          Optional.of(
              entry.operation().equals("logout")
                  ? new Coding(AuditEvents.DICOM, "110123", "Logout")
                  : new Coding(AuditEvents.DICOM, "110122", "Login"));
      case EXPORT -> Optional.of(new Coding(AuditEvents.DICOM, "110106", "Export"));
      case TOKEN ->
          entry.operation().equals(AuditTrail.REFRESH_TOKEN_REUSE)
              ? Optional.of(new Coding(AuditUrls.BREACH_RULE_SYSTEM, entry.operation(), null))
              : Optional.empty();
      default -> Optional.empty();
    };
  }

  /** By FHIR's code system {@code restful-interaction}. */
  static String interaction(AuditEntry entry) {
    String word = entry.operation().split(" ", 2)[0];
    if (word.contains("$") || !word.equals(word.toLowerCase(Locale.ROOT)) || isMethod(word)) {
      return "operation";
    }
    return INTERACTIONS.getOrDefault(word, word);
  }

  /** A request that was refused before it was known what it is. */
  private static boolean isMethod(String word) {
    return switch (word) {
      case "get", "post", "put", "head", "options", "trace", "connect", "graphql-request" -> true;
      default -> false;
    };
  }
}
