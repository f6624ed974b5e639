package org.auscult.server.timeline;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.auscult.server.config.Database;
import org.auscult.timeline.Circumstances;
import org.auscult.timeline.Code;
import org.auscult.timeline.Fact;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Circumstances of facts, each combination kept once: a row is named by a digest of what it says,
 * so it never changes, and is the same whoever writes it.
 */
final class CircumstancesRows {
  private final JdbcTemplate jdbc;
  private final String insert;

  CircumstancesRows(JdbcTemplate jdbc, Database.Vendor vendor) {
    this.jdbc = jdbc;
    this.insert =
        switch (vendor) {
          case POSTGRESQL ->
              "insert into fact_circumstances (digest, performers, body_sites, methods, devices)"
                  + " values (?,?,?,?,?) on conflict do nothing";
          case H2 ->
              "merge into fact_circumstances t using (values (cast(? as uuid), cast(? as varchar),"
                  + " cast(? as varchar), cast(? as varchar), cast(? as varchar)))"
                  + " s(d, p, b, m, v) on t.digest = s.d when not matched then insert (digest,"
                  + " performers, body_sites, methods, devices) values (s.d, s.p, s.b, s.m, s.v)";
        };
  }

  /** Null for what says nothing: most facts. */
  static @Nullable UUID digest(Circumstances circumstances) {
    if (circumstances.equals(Circumstances.NONE)) {
      return null;
    }
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      for (List<Code> part : parts(circumstances)) {
        sha256.update(FactRows.write(part).getBytes(StandardCharsets.UTF_8));
        // No code holds it, so that no two combinations are written alike.
        sha256.update((byte) 0);
      }
      ByteBuffer digest = ByteBuffer.wrap(sha256.digest());
      return new UUID(digest.getLong(), digest.getLong());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** In the order of their digests, so that no two transactions wait for each other in a ring. */
  void keep(Collection<Fact> facts) {
    TreeMap<UUID, Circumstances> different = new TreeMap<>();
    for (Fact fact : facts) {
      Circumstances circumstances = fact.context().circumstances();
      UUID digest = digest(circumstances);
      if (digest != null) {
        different.put(digest, circumstances);
      }
    }
    different.forEach(this::keep);
  }

  private void keep(UUID digest, Circumstances circumstances) {
    try {
      jdbc.update(
          insert,
          digest,
          orNull(circumstances.performers()),
          orNull(circumstances.bodySites()),
          orNull(circumstances.methods()),
          orNull(circumstances.devices()));
    } catch (DuplicateKeyException e) {
      // On H2 another transaction may have inserted it first; then it is there, as we want it.
    }
  }

  private static List<List<Code>> parts(Circumstances circumstances) {
    return List.of(
        circumstances.performers(),
        circumstances.bodySites(),
        circumstances.methods(),
        circumstances.devices());
  }

  private static @Nullable String orNull(List<Code> codes) {
    return codes.isEmpty() ? null : FactRows.write(codes);
  }

  void eraseAll() {
    jdbc.update("delete from fact_circumstances");
  }
}
