package org.auscult.server.timeline;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.auscult.server.timeline.Change.Cause;
import org.auscult.timeline.Epochs;
import org.auscult.timeline.Fact;
import org.auscult.timeline.KnownTime;
import org.auscult.timeline.KnownTime.Basis;
import org.auscult.timeline.ResourceKind;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What Provenances say that a model wrote, also of resources without a label: a label's absence
 * proves nothing.
 *
 * <p>Idea: a Provenance becomes a change of the resource that it speaks of. That closes the
 * resource's rows and opens them again with the model as author; so what was read before stays true
 * of then. What it says is kept, for resources that come after their Provenance, and for their
 * further versions where it names none. A Provenance that is withdrawn says nothing of what comes
 * later; what it said once stands.
 */
final class ModelAuthorship {
  /**
   * That a model wrote something.
   *
   * @param version 0 for every version
   * @param provenance who says so
   */
  record Claim(ResourceKind kind, String id, long version, String provenance, Instant at) {
    private boolean isOf(Change change) {
      return kind == change.kind()
          && id.equals(change.id())
          && (version == 0 || version == change.version());
    }
  }

  private static final int CHUNK = 500;

  private final JdbcTemplate jdbc;

  ModelAuthorship(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Forgets what a Provenance said: it says something else now, or is gone. */
  void withdraw(String provenance) {
    jdbc.update("delete from model_claim where provenance = ?", provenance);
  }

  /** Forgets everything. */
  void eraseAll() {
    jdbc.update("delete from model_claim");
  }

  /**
   * Keeps what a transaction's Provenances say.
   *
   * @return the changes that follow from this and from earlier ones, to be applied after the writes
   */
  List<Change> changes(List<Change> writes, Collection<Claim> claims) {
    keep(claims);
    List<Change> changes = new ArrayList<>();
    List<Change> stating =
        writes.stream().filter(w -> w.cause() == Cause.WRITE && !w.facts().isEmpty()).toList();
    for (int from = 0; from < stating.size(); from += CHUNK) {
      List<Change> chunk = stating.subList(from, Math.min(from + CHUNK, stating.size()));
      List<Claim> known = claims(chunk);
      chunk.stream()
          .filter(write -> known.stream().anyMatch(claim -> claim.isOf(write)))
          .forEach(w -> changes.add(change(w.kind(), w.id(), w.version(), w.home(), w.at())));
    }
    for (Claim claim : claims) {
      for (long version : openVersions(claim)) {
        changes.add(change(claim.kind(), claim.id(), version, null, claim.at()));
      }
    }
    return changes.stream().distinct().toList();
  }

  private static Change change(
      ResourceKind kind, String id, long version, @Nullable String home, Instant at) {
    return new Change(Cause.MODEL, kind, id, version, home, List.of(), at, null, null);
  }

  /** Makes the model the author of a version's rows, from this change on. */
  void apply(Change change, Map<String, Long> epochs) {
    for (HeldFact held :
        HeldFact.read(
            jdbc,
            "f.source_kind = ? and f.source_id = ? and f.source_version = ? and f.author <>"
                + " 'MODEL'",
            change.kind().name(),
            change.id(),
            change.version())) {
      Fact fact = held.fact();
      long epoch = Objects.requireNonNull(epochs.get(fact.patient()));
      if (fact.epochs().from() == epoch) {
        // Of the same transaction: nobody has read it otherwise.
        held.updateRows(jdbc, "author = 'MODEL'");
      } else {
        KnownTime known = new KnownTime(change.at(), null, Basis.RECORDED);
        held.replace(
            jdbc, fact.writtenByModel().withKnown(known, new Epochs(epoch, null)), epoch, null);
      }
    }
  }

  private void keep(Collection<Claim> claims) {
    jdbc.batchUpdate(
        "insert into model_claim (source_kind, source_id, source_version, provenance) values"
            + " (?,?,?,?)",
        claims.stream()
            .map(c -> new Object[] {c.kind().name(), c.id(), c.version(), c.provenance()})
            .toList());
  }

  private List<Claim> claims(List<Change> writes) {
    TreeSet<String> ids =
        writes.stream().map(Change::id).collect(Collectors.toCollection(TreeSet::new));
    return jdbc.query(
        "select source_kind, source_id, source_version, provenance from model_claim where"
            + " source_id in ("
            + Ledger.places(ids)
            + ")",
        (row, n) ->
            new Claim(
                ResourceKind.valueOf(row.getString(1)),
                row.getString(2),
                row.getLong(3),
                row.getString(4),
                Instant.EPOCH),
        ids.toArray());
  }

  private List<Long> openVersions(Claim claim) {
    return jdbc
        .queryForList(
            "select distinct source_version from clinical_fact where source_kind = ? and source_id"
                + " = ? and epoch_to is null and author <> 'MODEL'",
            Long.class,
            claim.kind().name(),
            claim.id())
        .stream()
        .filter(version -> claim.version() == 0 || claim.version() == version)
        .toList();
  }
}
