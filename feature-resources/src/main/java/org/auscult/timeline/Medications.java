package org.auscult.timeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The codes under which an order stands whose medication the record names only by reference or by
 * words, so that nobody takes "no such drug found" for "no such drug ordered" (safety rule 4).
 */
public final class Medications {
  /** System of references as codes: {@code Medication/12}. */
  public static final String REFERENCE = "https://auscult.org/fhir/medication-reference";

  /** Borne by every fact about a medication of which no code is known. */
  public static final Code UNRESOLVED = new Code(REFERENCE, "unresolved");

  private static final String TYPE = "Medication/";
  private static final Pattern LOCAL = Pattern.compile(TYPE + "[A-Za-z0-9.-]{1,64}");

  private Medications() {}

  /** The logical id of the stored Medication that a fact names; empty if it names none. */
  public static Optional<String> reference(Fact fact) {
    if (!isKind(fact.source().kind())) {
      return Optional.empty();
    }
    return fact.codes().stream()
        .filter(code -> isReference(code) && LOCAL.matcher(code.code()).matches())
        .map(code -> code.code().substring(TYPE.length()))
        .findFirst();
  }

  /** The code of a reference to a stored Medication. */
  public static Code code(String id) {
    return new Code(REFERENCE, TYPE + id);
  }

  /** A fact that names a Medication, with these codes of it in the place of those that it has. */
  public static Fact named(Fact fact, List<Code> known) {
    List<Code> codes = new ArrayList<>(known);
    fact.codes().stream().filter(Medications::isReference).forEach(codes::add);
    if (known.isEmpty()) {
      codes.add(UNRESOLVED);
    }
    return fact.withCodes(codes);
  }

  private static boolean isReference(Code code) {
    return code.system().equals(REFERENCE) && !code.equals(UNRESOLVED);
  }

  /** Whether facts of this kind are about a medication. */
  public static boolean isKind(ResourceKind kind) {
    return switch (kind) {
      case MEDICATION_REQUEST, MEDICATION_ADMINISTRATION, MEDICATION_STATEMENT -> true;
      case OBSERVATION,
          CONDITION,
          PROCEDURE,
          ENCOUNTER,
          ALLERGY_INTOLERANCE,
          IMMUNIZATION,
          CLAIM,
          EXPLANATION_OF_BENEFIT,
          DIAGNOSTIC_REPORT,
          PATIENT ->
          false;
    };
  }
}
