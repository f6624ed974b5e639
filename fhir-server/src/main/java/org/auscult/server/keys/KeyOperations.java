package org.auscult.server.keys;

import ca.uhn.fhir.rest.annotation.Operation;
import ca.uhn.fhir.rest.annotation.OperationParam;
import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.auscult.access.Requester;
import org.auscult.audit.AuditAction;
import org.auscult.audit.AuditAgent;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.hl7.fhir.r4.model.CodeType;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.jspecify.annotations.Nullable;

/** What an administrator does when a key may have leaked: puts another in its place at once. */
public final class KeyOperations {
  private static final String ROTATE = "https://auscult.org/fhir/OperationDefinition/rotate-key";

  private final KeyRing ring;
  private final AuditTrail trail;

  KeyOperations(KeyRing ring, AuditTrail trail) {
    this.ring = ring;
    this.trail = trail;
  }

  /**
   * Replaces the key that signs for a purpose. It returns when the new one signs on this node; the
   * private half of the former is erased, and what it signed still verifies.
   *
   * @param purpose such as {@code token} or {@code tree-head}
   */
  @Operation(name = "$rotate-key", canonicalUrl = ROTATE)
  public Parameters rotate(
      @OperationParam(name = "purpose", min = 1) @Nullable StringType purpose,
      RequestDetails request) {
    KeyPurpose asked = purpose(purpose == null ? "" : purpose.getValueNotNull());
    SigningKey key = ring.rotate(asked);
    trail.record(
        AuditEntry.of(AuditKind.CONFIGURATION, AuditAction.UPDATE, "key " + asked)
            .by(agent(request))
            .detail("key", key.id())
            .build());
    Parameters answer = new Parameters();
    answer.addParameter("purpose", new CodeType(code(asked)));
    answer.addParameter("key", new StringType(key.id()));
    answer.addParameter("algorithm", new CodeType(asked.algorithm()));
    return answer;
  }

  private static KeyPurpose purpose(String text) {
    return Arrays.stream(KeyPurpose.values())
        .filter(purpose -> code(purpose).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidRequestException(
                    "purpose is one of "
                        + Arrays.stream(KeyPurpose.values())
                            .map(KeyOperations::code)
                            .collect(Collectors.joining(", "))
                        + "."));
  }

  private static String code(KeyPurpose purpose) {
    return purpose.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static AuditAgent agent(RequestDetails request) {
    if (request.getAttribute(Requester.ATTRIBUTE) instanceof Requester requester) {
      List<String> roles = requester.roles().stream().map(role -> role.code()).toList();
      return new AuditAgent(
          requester.issuer(),
          requester.subject(),
          requester.fhirUser(),
          requester.client(),
          roles,
          requester.purpose(),
          null);
    }
    return AuditAgent.server("rotate-key");
  }
}
