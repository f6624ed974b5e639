package org.auscult.prove.attack;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.auscult.audit.AuditLeaf;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;
import org.auscult.prove.attack.Try.Trace;
import org.auscult.prove.hospital.Ask;
import org.auscult.prove.hospital.LogWatch;
import org.auscult.prove.hospital.Staff;
import org.auscult.prove.hospital.TwoHospitals;

/**
 * Attacks over HTTP, each refused with the right status and error, each in the audit log, and
 * nothing of them in the server's own log.
 */
public final class AttacksProof implements Proof {
  /** A name that an operator listed, and that leads to this machine since then. */
  static final String INTERNAL = "internal.example.org";

  private static final int DECOYS = 24;

  @Override
  public String name() {
    return "attacks";
  }

  @Override
  public String about() {
    return "what an attacker would try is refused, and stands in the audit log";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    boolean isShort = conditions.length() == Length.SHORT;
    Random random = new Random(conditions.seed());
    List<String> failures = new ArrayList<>();
    Path names = Files.createTempFile("auscult-prove", ".hosts");
    Files.writeString(names, "127.0.0.1 localhost " + INTERNAL + "\n");
    try (Trap trap = new Trap();
        TwoHospitals hospitals =
            TwoHospitals.open(conditions.db(), DECOYS, settings(trap, names, isShort))) {
      Tries tries = new Tries(hospitals, random, isShort);
      for (Attack attack : attacks(trap)) {
        attack.run(tries);
      }
      AuditTrace audit = AuditTrace.of(hospitals, tries.made());
      table(tries.made(), audit, failures, conditions.out());
      tries.said().forEach(line -> conditions.out().println("  " + line));
      asFhir(hospitals, tries, audit, failures);
      conditions
          .out()
          .printf("  %d tries, %d leaves in the audit log%n", tries.made().size(), audit.size());
      String log = hospitals.log();
      LogWatch.check(log, hospitals, failures);
      long leaked = tries.secrets().stream().filter(log::contains).count();
      if (leaked > 0) {
        failures.add("The server's log holds " + leaked + " tokens");
      }
    } finally {
      Files.delete(names);
    }
    return new Verdict(failures);
  }

  private static List<Attack> attacks(Trap trap) throws Exception {
    ExpiredToken expired = new ExpiredToken();
    return List.of(
        expired::get,
        new ForgedTokens(OwnCertificate.make(), trap.port()),
        new MisusedTokens(),
        new GrantAttacks(),
        new SiteCrossing(),
        new WriteAttacks(),
        new BodyAttacks(trap.port()),
        new FetchAttacks(trap),
        new LoginAttacks(DECOYS),
        expired::attempt);
  }

  /** What makes a server that could be lured to the trap, if it let itself be. */
  private static Map<String, String> settings(Trap trap, Path names, boolean isShort) {
    Map<String, String> settings = new LinkedHashMap<>();
    String named = INTERNAL + ":" + trap.port();
    settings.put("jdk.net.hosts.file", names.toString());
    settings.put("auscult.clients.lured.issuer", "https://lured.example.org");
    settings.put("auscult.clients.lured.jku", "https://" + named + "/jwks.json");
    settings.put(
        "auscult.caller-fhir-servers",
        "http://" + named + "/fhir,http://127.0.0.1:" + trap.port() + "/redirect/fhir");
    if (!isShort) {
      settings.put("auscult.authorization-server.access-token-life", "1m");
    }
    return settings;
  }

  private static void table(
      List<Try> tries, AuditTrace audit, List<String> failures, PrintStream out) {
    out.printf("  %-50s %6s %8s %8s  %s%n", "attack", "tries", "refused", "audited", "verdict");
    Map<String, List<Try>> rows = new LinkedHashMap<>();
    tries.forEach(t -> rows.computeIfAbsent(t.attack(), a -> new ArrayList<>()).add(t));
    rows.forEach(
        (attack, row) -> {
          long refused = row.stream().filter(t -> t.problem() == null).count();
          long due = row.stream().filter(t -> t.trace() != Trace.NONE).count();
          long missing = row.stream().filter(audit::isMissing).count();
          boolean holds = refused == row.size() && missing == 0;
          out.printf(
              "  %-50s %6d %8d %8s  %s%n",
              attack,
              row.size(),
              refused,
              due == 0 ? "-" : (due - missing) + "/" + due,
              holds ? "holds" : "FAILS");
          row.stream()
              .filter(t -> t.problem() != null || audit.isMissing(t))
              .limit(6)
              .forEach(
                  t ->
                      out.println(
                          "    "
                              + t.what()
                              + ": "
                              + (t.problem() == null ? "not in the audit log" : t.problem())));
          for (Try one : row) {
            if (one.problem() != null) {
              failures.add(attack + ": " + one.what() + ": " + one.problem());
            }
            if (audit.isMissing(one)) {
              failures.add(attack + ": " + one.what() + ": it is not in the audit log");
            }
          }
        });
  }

  /** An auditor finds a try of each attack as an AuditEvent, too. */
  private static void asFhir(
      TwoHospitals hospitals, Tries tries, AuditTrace audit, List<String> failures)
      throws Exception {
    Map<String, Try> ofEach = new LinkedHashMap<>();
    for (Try one : tries.made()) {
      if (one.trace() != Trace.NONE && !audit.isMissing(one)) {
        ofEach.put(one.attack(), one);
      }
    }
    for (Map.Entry<String, Try> each : ofEach.entrySet()) {
      AuditLeaf leaf = audit.leaf(each.getValue());
      int status =
          hospitals
              .wire()
              .send(Ask.get("/fhir/AuditEvent/" + leaf.id()).bearer(hospitals.token(Staff.AUDRA)))
              .status();
      if (status != 200) {
        failures.add(each.getKey() + ": an auditor's read of its AuditEvent gets HTTP " + status);
      }
    }
  }
}
