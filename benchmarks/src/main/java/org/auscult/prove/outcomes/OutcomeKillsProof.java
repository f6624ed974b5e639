package org.auscult.prove.outcomes;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.auscult.prove.Conditions;
import org.auscult.prove.Conditions.Length;
import org.auscult.prove.Folders;
import org.auscult.prove.NotRunException;
import org.auscult.prove.Proof;
import org.auscult.prove.Sources;
import org.auscult.prove.Verdict;
import org.auscult.prove.crash.ProofDatabase;

/**
 * Kills processes in the midst of labelling, 200 times: no label is lost or doubled.
 *
 * <p>Idea: 190 kills of a light child (the timeline, cases, inbox and two nodes' rounds, half of
 * them on the embedded database and half on PostgreSQL) find what is rare; 10 of the whole server
 * show that what it is wired to holds too. In both, what the process has answered is written down
 * outside of it. In the end each prediction has the label that its patient's diagnoses ask for, the
 * inbox is empty, and labelling everybody again adds nothing. The short form kills children alone.
 */
public final class OutcomeKillsProof implements Proof {
  @Override
  public String name() {
    return "outcome-kills";
  }

  @Override
  public String about() {
    return "no label of a prediction is lost or doubled, however killed";
  }

  @Override
  public Verdict run(Conditions conditions) throws Exception {
    List<String> failures = new ArrayList<>();
    int kills = conditions.pick(14, 190);
    try (ProofDatabase database = ProofDatabase.open(conditions.db())) {
      Path folder = Files.createTempDirectory("auscult-label-kills");
      try {
        String h2 = "jdbc:h2:file:" + folder.resolve("light");
        failures.addAll(
            new LabelKills(conditions, "the embedded database", h2).run(kills - kills / 2));
      } finally {
        Folders.delete(folder);
      }
      String postgres = database.create("auscult_label_kills");
      failures.addAll(new LabelKills(conditions, "PostgreSQL", postgres).run(kills / 2));
      if (conditions.length() == Length.WHOLE) {
        failures.addAll(new OutcomeServerKills(conditions, ours()).run(10, database));
      }
    }
    return new Verdict(failures);
  }

  private static PredictionFile ours() throws Exception {
    return PredictionFile.in(Sources.folder().resolve("outcomes")).stream()
        .findFirst()
        .orElseThrow(() -> new NotRunException("outcomes/predictions.json is not here"));
  }
}
