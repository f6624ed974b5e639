package org.auscult.prove;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.asof.AsOfProof;
import org.auscult.prove.attack.AttacksProof;
import org.auscult.prove.audit.AuditProof;
import org.auscult.prove.checklist.ChecklistProof;
import org.auscult.prove.crash.CrashProof;
import org.auscult.prove.deidentify.DeidentifyProof;
import org.auscult.prove.fuzz.FuzzProof;
import org.auscult.prove.golden.GoldenProof;
import org.auscult.prove.leakage.LeakageProof;
import org.auscult.prove.monitoring.DriftCauseProof;
import org.auscult.prove.monitoring.DriftPowerProof;
import org.auscult.prove.monitoring.MetricsProof;
import org.auscult.prove.outcomes.AlertsProof;
import org.auscult.prove.outcomes.OutcomeKillsProof;
import org.auscult.prove.outcomes.OutcomesProof;
import org.auscult.prove.outcomes.ReportPagesProof;
import org.auscult.prove.physionet.PhysionetProof;
import org.auscult.prove.policy.PolicyProof;
import org.auscult.prove.reference.ReferenceProof;
import org.auscult.prove.roads.RoadsProof;
import org.auscult.prove.simulation.SimulateProof;
import org.auscult.prove.smart.SmartProof;
import org.auscult.prove.training.TrainingProof;
import org.auscult.prove.vendor.SecondVendorProof;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code auscult prove}: lists the proofs, or runs some. */
@Command(
    name = "prove",
    description = "Prove a claim by measuring it; without a name: the list.",
    mixinStandardHelpOptions = true)
public final class Prove implements Callable<Integer> {
  private static final List<Proof> PROOFS =
      List.of(
          new DemoProof(),
          new VectorsProof(),
          new SafetyProof(),
          new AsOfProof(),
          new ValidProof(),
          new BadInputProof(),
          new RoadsProof(),
          new SmartProof(),
          new LoadProof(),
          new DeidentifyProof(),
          new CrashProof(),
          new AuditProof(),
          new AttacksProof(),
          new PolicyProof(),
          new FuzzProof(),
          new GoldenProof(),
          new SecondVendorProof(),
          new MetricsProof(),
          new DriftPowerProof(),
          new DriftCauseProof(),
          new SimulateProof(),
          new ReferenceProof(),
          new PhysionetProof(),
          new OutcomesProof(),
          new AlertsProof(),
          new ReportPagesProof(),
          new OutcomeKillsProof(),
          new LeakageProof(),
          new TrainingProof(),
          new ChecklistProof(),
          new MutationProof());

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Which ones, in this order; 'all' for each.")
  private List<String> chosen = List.of();

  @Option(names = "--short", description = "A slice of it that fits into a build.")
  private boolean shortened;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of everything random; a fresh one by default, printed.")
  private long seed = new SecureRandom().nextInt(1_000_000_000);

  @Option(names = "--names", description = "Print the names only, one in a line.")
  private boolean names;

  @Option(names = "--data", paramLabel = "DIR", description = "Folder of the test data.")
  private @Nullable Path data;

  @Option(names = "--db", paramLabel = "URL", description = "PostgreSQL instead of the default.")
  private @Nullable String db;

  @Option(
      names = "--only",
      paramLabel = "K",
      split = ",",
      description = "Of 'fuzz': these requests alone, with their answers.")
  private List<Integer> only = List.of();

  @Option(names = "--write", description = "Write the tables that 'checklist' compares.")
  private boolean write;

  public static void main(String[] arguments) {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.ERROR);
    System.exit(new CommandLine(new Prove()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (names) {
      PROOFS.forEach(p -> System.out.println(p.name()));
      return 0;
    }
    if (chosen.isEmpty()) {
      PROOFS.forEach(p -> System.out.printf("  %-12s %s%n", p.name(), p.about()));
      return 0;
    }
    List<Proof> proofs = new ArrayList<>();
    for (String name : chosen) {
      List<Proof> named =
          PROOFS.stream().filter(p -> name.equals("all") || p.name().equals(name)).toList();
      if (named.isEmpty()) {
        System.err.println("There is no proof '" + name + "'; without a name: the list.");
        return 2;
      }
      proofs.addAll(named);
    }
    int failed = 0;
    int notRun = 0;
    try (CommonServers servers = new CommonServers()) {
      for (Proof proof : proofs) {
        try {
          failed += run(proof, servers) ? 0 : 1;
        } catch (NotRunException e) {
          System.out.println(proof.name() + ": NOT RUN: " + e.getMessage());
          notRun++;
        } catch (IOException | RuntimeException e) {
          // What one cannot finish, the next may prove.
          e.printStackTrace(System.out);
          System.out.println(proof.name() + ": FAILS: " + e.getMessage());
          failed++;
        }
      }
    }
    if (failed > 0) {
      return 1;
    }
    return notRun > 0 ? 2 : 0;
  }

  private boolean run(Proof proof, CommonServers servers) throws Exception {
    System.out.println(proof.name() + ": " + proof.about() + " (seed " + seed + ")");
    long start = System.nanoTime();
    Verdict verdict =
        proof.run(
            new Conditions(
                shortened ? Length.SHORT : Length.WHOLE,
                seed,
                dataFolder(),
                db,
                write,
                only,
                servers,
                System.out));
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    verdict.failures().stream().limit(20).forEach(f -> System.out.println("  BREACH: " + f));
    System.out.printf(
        "%s: %s in %d s%n%n",
        proof.name(),
        verdict.holds() ? "HOLDS" : "FAILS (" + verdict.failures().size() + " breaches)",
        seconds);
    return verdict.holds();
  }

  private Path dataFolder() {
    if (data != null) {
      return data;
    }
    String set = System.getenv("AUSCULT_DATA");
    return Path.of(set == null ? "." : set);
  }
}
