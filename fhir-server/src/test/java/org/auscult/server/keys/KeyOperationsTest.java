package org.auscult.server.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ca.uhn.fhir.rest.api.server.RequestDetails;
import ca.uhn.fhir.rest.server.exceptions.InvalidRequestException;
import ca.uhn.fhir.rest.server.servlet.ServletRequestDetails;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.auscult.access.Requester;
import org.auscult.access.Role;
import org.auscult.audit.AuditEntry;
import org.auscult.audit.AuditKind;
import org.hl7.fhir.r4.model.Parameters;
import org.hl7.fhir.r4.model.StringType;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class KeyOperationsTest {
  private final FakeKeyRing ring = new FakeKeyRing();
  private final List<AuditEntry> recorded = new ArrayList<>();
  private final KeyOperations operations = new KeyOperations(ring, recorded::add);

  private static RequestDetails by(String subject) {
    ServletRequestDetails request = new ServletRequestDetails();
    request.setServletRequest(new MockHttpServletRequest());
    request.setAttribute(
        Requester.ATTRIBUTE,
        new Requester(
            "https://issuer.example",
            subject,
            "console",
            "Practitioner/root",
            Set.of(Role.ADMINISTRATOR),
            "user/*.cruds",
            null,
            null,
            Set.of(),
            "TREAT",
            null));
    return request;
  }

  /** Governance: 11.300. */
  @Test
  void aNewKeySignsAtOnceAndItIsRecordedWhoAsked() {
    String first = ring.signing(KeyPurpose.TREE_HEAD).id();

    Parameters answer = operations.rotate(new StringType("tree-head"), by("root"));

    String second = ring.signing(KeyPurpose.TREE_HEAD).id();
    assertThat(second).isNotEqualTo(first);
    assertThat(answer.getParameter("key").getValue().primitiveValue()).isEqualTo(second);
    assertThat(ring.verifying(KeyPurpose.TREE_HEAD)).hasSize(2);
    assertThat(recorded).hasSize(1);
    assertThat(recorded.get(0).kind()).isEqualTo(AuditKind.CONFIGURATION);
    assertThat(recorded.get(0).agent().subject()).isEqualTo("root");
    assertThat(recorded.get(0).details()).containsEntry("key", second);
  }

  @Test
  void refusesAPurposeThatIsNone() {
    for (String purpose : List.of("", "TREE_HEAD", "tree_head", "data")) {
      assertThatThrownBy(() -> operations.rotate(new StringType(purpose), by("root")))
          .isInstanceOf(InvalidRequestException.class)
          .hasMessageContaining("record-signature");
    }
    assertThatThrownBy(() -> operations.rotate(null, by("root")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("record-signature");
    assertThat(recorded).isEmpty();
  }
}
