package org.auscult.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.auscult.access.AccessPolicy;
import org.auscult.access.Interaction;
import org.auscult.access.Permission;
import org.auscult.access.Requester;
import org.auscult.access.Rights;
import org.auscult.access.Role;
import org.auscult.access.ScopeFamily;
import org.auscult.access.Whose;
import org.auscult.server.access.TokenHolder.Answer;
import org.hl7.fhir.r4.model.Observation;
import org.junit.jupiter.api.Test;

/** Cells of the policy, asked of the running server. */
class PolicyOverHttpTest extends AccessOverHttp {
  private static final List<String> TYPES =
      List.of(
          "Patient",
          "Observation",
          "RiskAssessment",
          "Task",
          "Device",
          "Binary",
          "Library",
          "ValueSet",
          "Organization",
          "Medication",
          "Subscription",
          "AuditEvent");
  private static final Map<String, Whose> PATIENTS =
      Map.of("n1", Whose.LAUNCH, "n2", Whose.SITE, "s1", Whose.ELSEWHERE);

  private final Map<Integer, Integer> seen = new HashMap<>();

  /**
   * Governance: 11.10(d). 11.10(g). Transparency: 16. Each role under each family of scopes:
   * search, read, update, delete, and operations.
   */
  @Test
  void answersAsThePolicySays() {
    AccessPolicy policy = AccessPolicy.load();
    for (Role role : Role.values()) {
      for (ScopeFamily family : ScopeFamily.values()) {
        Rights rights = policy.of(requester(role, family));
        TokenHolder holder =
            anybody()
                .role(role.code())
                .scope(family.code() + "/*.cruds")
                .with(c -> c.claim("sites", List.of(id("north"))).claim("patient", id("n1")));
        searches(rights, holder);
        PATIENTS.forEach((name, whose) -> resources(rights, holder, name, whose));
        operations(rights, holder);
      }
    }
    // That each answer was given often shows that the test could fail.
    assertThat(seen.get(200)).isGreaterThan(50);
    assertThat(seen.get(403)).isGreaterThan(200);
    assertThat(seen.get(404)).isGreaterThan(5);
  }

  private void searches(Rights rights, TokenHolder holder) {
    for (String type : TYPES) {
      Interaction search = Interaction.of(Permission.SEARCH, type, Whose.NONE);
      int expected = rights.reach(search).isEmpty() ? 403 : 200;
      expect(rights, type, holder.get(type + "?_id=nothing"), expected);
    }
  }

  private void resources(Rights rights, TokenHolder holder, String name, Whose whose) {
    String path = "Observation/" + id("o" + name);
    Observation same = observation(name, "laboratory");
    same.setId(id("o" + name));
    expect(rights, "read " + path, holder.get(path), status(rights, Permission.READ, whose, 200));
    expect(
        rights,
        "update " + path,
        holder.put(path, json(same)),
        status(rights, Permission.UPDATE, whose, 200));
    Interaction timeline = Interaction.call("$timeline", "Patient", whose);
    expect(
        rights,
        "$timeline of " + name,
        holder.get("Patient/" + id(name) + "/$timeline"),
        rights.decide(timeline).allowed()
            ? 200
            : rights.reach(timeline).isEmpty() || reads(rights, "Patient", whose) ? 403 : 404);
  }

  private static int status(Rights rights, Permission permission, Whose whose, int done) {
    Interaction asked = Interaction.of(permission, "Observation", whose);
    if (rights.decide(asked).allowed()) {
      return done;
    }
    return rights.reach(asked).isEmpty() || reads(rights, "Observation", whose) ? 403 : 404;
  }

  private static boolean reads(Rights rights, String type, Whose whose) {
    return rights.decide(Interaction.of(Permission.READ, type, whose)).allowed();
  }

  private void operations(Rights rights, TokenHolder holder) {
    List<String> calls =
        new ArrayList<>(
            List.of(
                "$audit-head",
                "$get-resource-counts",
                "$expunge",
                "$mark-all-resources-for-reindexing"));
    for (String call : calls) {
      boolean allowed = rights.decide(Interaction.call(call, "", Whose.NONE)).allowed();
      Answer answer =
          call.equals("$expunge")
              ? holder.post(call, "{\"resourceType\":\"Parameters\"}")
              : holder.get(call);
      if (allowed) {
        expect(rights, call, answer, 200);
      } else {
        assertThat(answer.status()).as(call).isGreaterThanOrEqualTo(400);
      }
    }
    for (String call : List.of("$go-live", "$suspend", "$forecast")) {
      boolean allowed =
          rights.decide(Interaction.call(call, "PlanDefinition", Whose.NONE)).allowed();
      expect(
          rights,
          call,
          holder.post("PlanDefinition/nothing/" + call, "{\"resourceType\":\"Parameters\"}"),
          allowed ? 404 : 403);
    }
  }

  private void expect(Rights rights, String asked, Answer answer, int status) {
    assertThat(answer.status())
        .as(
            rights.requester().roles()
                + " "
                + rights.requester().scope()
                + " "
                + asked
                + ": "
                + answer.body())
        .isEqualTo(status);
    seen.merge(status, 1, Integer::sum);
  }

  private Requester requester(Role role, ScopeFamily family) {
    return new Requester(
        rootUrl(),
        "somebody",
        "test",
        null,
        Set.of(role),
        family.code() + "/*.cruds",
        id("n1"),
        null,
        Set.of(id("north")),
        "TREAT",
        null);
  }
}
