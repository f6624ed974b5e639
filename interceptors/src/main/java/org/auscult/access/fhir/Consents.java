package org.auscult.access.fhir;

import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.auscult.access.Provision;
import org.auscult.access.Provision.Verdict;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Consent;
import org.hl7.fhir.r4.model.Consent.ConsentProvisionType;
import org.hl7.fhir.r4.model.Consent.ConsentState;
import org.hl7.fhir.r4.model.Consent.ProvisionComponent;
import org.hl7.fhir.r4.model.Period;
import org.hl7.fhir.r4.model.Reference;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a Consent of the scope {@code patient-privacy} says of access; one of the scope {@code
 * research} says it of research alone.
 *
 * <p>The base is the root provision's type, or else the code of {@code policyRule}: {@code OPTOUT}
 * denies, {@code OPTIN} permits. Nested provisions are exceptions. Actors count by their reference,
 * whatever their role; whoever asks says of which care teams and groups they are. A time of the
 * data, a role whom it denies something, and data that are no resource of this server cannot be
 * judged here.
 */
public final class Consents {
  private static final String TYPES = "http://hl7.org/fhir/resource-types";
  private static final Set<String> OPT_OUT = Set.of("OPTOUT", "OPTOUTE");
  private static final Set<String> OPT_IN = Set.of("OPTIN", "OPTINR");
  private static final Set<String> RESEARCH = Set.of("HRESCH", "CLINTRCH");
  private static final Set<String> ACCESS = Set.of("access", "use", "disclose");

  /** Whoever these are; one at least counts for a token that names it as user. */
  private static final String ROLE = "PractitionerRole/";

  private Consents() {}

  /** Whether it limits access now, or may later. */
  static boolean isInForce(Consent consent) {
    return consent.getStatus() == ConsentState.ACTIVE
        && (hasScope(consent, "patient-privacy") || hasScope(consent, "research"));
  }

  private static boolean hasScope(Consent consent, String code) {
    return consent.getScope().getCoding().stream().anyMatch(s -> code.equals(s.getCode()));
  }

  /** Its rule. */
  public static Provision rule(Consent consent) {
    Provision rule = provision(consent.getProvision(), policy(consent));
    return hasScope(consent, "patient-privacy") || !rule.purposes().isEmpty()
        ? rule
        : rule.under(RESEARCH);
  }

  private static @Nullable Verdict policy(Consent consent) {
    List<String> codes = codes(List.of(consent.getPolicyRule()));
    if (codes.stream().anyMatch(OPT_OUT::contains)) {
      return Verdict.DENY;
    }
    return codes.stream().anyMatch(OPT_IN::contains) ? Verdict.PERMIT : null;
  }

  private static Provision provision(ProvisionComponent given, @Nullable Verdict otherwise) {
    Verdict verdict = otherwise;
    if (given.getType() == ConsentProvisionType.DENY) {
      verdict = Verdict.DENY;
    } else if (given.getType() == ConsentProvisionType.PERMIT) {
      verdict = Verdict.PERMIT;
    }
    Period period = given.getPeriod();
    Set<String> types = new HashSet<>();
    Set<String> codes = new HashSet<>();
    for (Coding coding : given.getClass_()) {
      if (TYPES.equals(coding.getSystem())) {
        types.add(coding.getCode());
      } else {
        codes.add(text(coding));
      }
    }
    given.getCode().stream()
        .flatMap(concept -> concept.getCoding().stream())
        .forEach(coding -> codes.add(text(coding)));
    Set<String> actors = new HashSet<>();
    boolean isVague = given.hasDataPeriod();
    boolean hasUnjudged = false;
    for (Consent.provisionActorComponent actor : given.getActor()) {
      String reference = reference(actor.getReference());
      if (reference == null || (reference.startsWith(ROLE) && verdict != Verdict.PERMIT)) {
        hasUnjudged = true;
      } else {
        actors.add(reference);
      }
    }
    if (hasUnjudged && (verdict != Verdict.PERMIT || actors.isEmpty())) {
      // A denial does not shrink to the actors who can be judged; a permission does.
      actors.clear();
      isVague = true;
    }
    Set<String> data = new HashSet<>();
    for (Consent.provisionDataComponent one : given.getData()) {
      String reference = reference(one.getReference());
      if (reference == null) {
        isVague = true;
      } else {
        data.add(reference);
      }
    }
    return new Provision(
        concernsAccess(given) ? verdict : null,
        period.hasStart() ? period.getStart().toInstant() : null,
        end(period),
        actors,
        given.getPurpose().stream().map(Coding::getCode).collect(Collectors.toSet()),
        types,
        codes,
        given.getSecurityLabel().stream().map(Coding::getCode).collect(Collectors.toSet()),
        data,
        isVague,
        given.getProvision().stream().map(p -> provision(p, null)).toList());
  }

  private static boolean concernsAccess(ProvisionComponent given) {
    return !given.hasAction() || codes(given.getAction()).stream().anyMatch(ACCESS::contains);
  }

  private static List<String> codes(List<CodeableConcept> concepts) {
    return concepts.stream()
        .flatMap(concept -> concept.getCoding().stream())
        .map(Coding::getCode)
        .filter(Objects::nonNull)
        .toList();
  }

  static String text(Coding coding) {
    return coding.getSystem() + "|" + coding.getCode();
  }

  /** {@code Type/id}; null if it is none of this server. */
  private static @Nullable String reference(Reference reference) {
    return reference.getReferenceElement().hasIdPart()
            && reference.getReferenceElement().hasResourceType()
            && !reference.getReferenceElement().hasBaseUrl()
        ? reference.getReferenceElement().getResourceType()
            + "/"
            + reference.getReferenceElement().getIdPart()
        : null;
  }

  /** The period's last day, minute or second is within it. */
  static @Nullable Instant end(Period period) {
    if (!period.hasEnd()) {
      return null;
    }
    Date last = period.getEndElement().getValue();
    return switch (period.getEndElement().getPrecision()) {
      case YEAR -> last.toInstant().plusSeconds(366L * 24 * 3600);
      case MONTH -> last.toInstant().plusSeconds(31L * 24 * 3600);
      case DAY -> last.toInstant().plusSeconds(24L * 3600);
      case MINUTE -> last.toInstant().plusSeconds(60);
      case SECOND, MILLI -> last.toInstant().plusSeconds(1);
    };
  }
}
