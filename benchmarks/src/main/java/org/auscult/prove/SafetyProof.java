package org.auscult.prove;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Ehr.Road;

/**
 * Provokes the hazards of the safety rules from outside, by calls alone, and measures what is
 * shown. Each case is played with a patient of our record, or of another EHR's who comes as
 * prefetch: in short form by one of the two, drawn, in whole form by both. The order is drawn too.
 *
 * <p>Hazards of models that must keep silent are in {@link VectorsProof}, those of the ways in
 * which data come in {@code prove roads}.
 */
final class SafetyProof implements Proof {
  /** A client with limits of its own (safety rule 27). */
  private static final Map<String, String> CLIENT =
      Map.of(
          "auscult.clients.small.fhir-servers", "https://small.example.org/fhir",
          "auscult.clients.small.body-limit", "10000",
          "auscult.clients.small.hooks", "patient-view");

  private static Map<String, String> settings(HookSigner small) {
    Map<String, String> settings = new HashMap<>(CLIENT);
    settings.putAll(small.settings());
    return settings;
  }

  /** Provokes one hazard, with the data on one road. */
  interface Case {
    void play(Road road) throws IOException, InterruptedException;
  }

  @Override
  public String name() {
    return "safety";
  }

  @Override
  public String about() {
    return "the hazards of the safety rules, provoked through the hooks: what is shown";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    Random random = new Random(conditions.seed());
    HookSigner small = HookSigner.of("small");
    try (ServerProcess server = ServerProcess.drafts(conditions.db(), settings(small))) {
      server.identities().add(small);
      Ehr ehr = new Ehr(server);
      HazardTable table = new HazardTable(ehr, conditions.out());
      table.head();
      FailureCases failures = new FailureCases(ehr, table);
      failures.beforeAnybodyLetsAnythingGoLive();
      Rollout.ofStarterPack(ehr.as("informaticist"), ehr.as("approver"));
      ehr.forget();
      List<Case> cases = new ArrayList<>();
      cases.addAll(new PatientCases(ehr, table).all());
      cases.addAll(failures.all());
      cases.addAll(new CardCases(ehr, table).all());
      cases.addAll(new OrderCases(ehr, table).all());
      News2Vectors news2 = new News2Vectors(ehr, new VectorTable(conditions.out()), table);
      cases.add(news2::units);
      Collections.shuffle(cases, random);
      for (Case one : cases) {
        Road drawn = Road.of(random.nextInt(2));
        one.play(drawn);
        if (conditions.length() == Length.WHOLE) {
          one.play(Road.of(drawn.ordinal() + 1));
        }
      }
      failures.afterSuspension();
      conditions.out().printf("  %d rows%n", table.rows());
      return new Verdict(table.failures());
    }
  }
}
