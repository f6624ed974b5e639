package org.auscult.prove.crash;

import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.Conditions;
import org.auscult.prove.Proof;
import org.auscult.prove.Verdict;

/**
 * Kills processes in mid-work, 200 times: what was shown is stored, and stands in the audit log.
 *
 * <p>Idea: 190 kills of a light child (journal, materialiser and audit log on PostgreSQL) find what
 * is rare, since each takes a second; 10 of the whole server (on PostgreSQL and on H2) show that
 * what it is wired to holds too. In both, what the process has answered is written down outside of
 * it, what it has not answered is asked again, and so is some of what it has: as an EHR does that
 * lost the connection.
 */
public final class CrashProof implements Proof {
  @Override
  public String name() {
    return "crash";
  }

  @Override
  public String about() {
    return "no shown prediction, and no audit event of it, is lost or doubled, however killed";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
      failures.addAll(new ChildKills(conditions, database).run(conditions.pick(20, 190)));
      failures.addAll(new ServerKills(conditions, database).run(conditions.pick(1, 10)));
    }
    return new Verdict(failures);
  }
}
