package org.auscult.server.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.auscult.server.keys.KeyRing;
import org.auscult.server.training.TrainingJob.Phase;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The files of data sets, in the database, so that every node has them: in pieces, each compressed
 * and encrypted under the installation's data key and bound to its place.
 */
final class TrainingFiles {
  private static final int PIECE = 512 * 1024;

  private final JdbcTemplate jdbc;
  private final KeyRing keys;

  TrainingFiles(JdbcTemplate jdbc, KeyRing keys) {
    this.jdbc = jdbc;
    this.keys = keys;
  }

  /**
   * A file.
   *
   * @param name its path within the data set
   */
  record Stored(String name, String media, long rows, long size, String sha256) {}

  /** Adds a file; within the transaction of whoever calls. */
  void add(String id, Phase phase, int shard, String name, String media, long rows, byte[] bytes) {
    jdbc.update(
        "insert into training_file (set_id, name, phase, shard, media, row_count, size, sha256)"
            + " values (?, ?, ?, ?, ?, ?, ?, ?)",
        id,
        name,
        phase.name(),
        shard,
        media,
        rows,
        (long) bytes.length,
        Hashing.sha256(bytes));
    for (int place = 0; (long) place * PIECE < bytes.length; place++) {
      int from = place * PIECE;
      int length = Math.min(PIECE, bytes.length - from);
      jdbc.update(
          "insert into training_chunk (set_id, name, place, sealed) values (?, ?, ?, ?)",
          id,
          name,
          place,
          keys.encrypt(packed(bytes, from, length), context(id, name, place)));
    }
  }

  /** Takes away what an interrupted try left of a shard. */
  void forget(String id, Phase phase, int shard) {
    jdbc.update(
        "delete from training_chunk where set_id = ? and name in (select name from training_file"
            + " where set_id = ? and phase = ? and shard = ?)",
        id,
        id,
        phase.name(),
        shard);
    jdbc.update(
        "delete from training_file where set_id = ? and phase = ? and shard = ?",
        id,
        phase.name(),
        shard);
  }

  /** All of a data set, by name. */
  List<Stored> all(String id) {
    return jdbc
        .query(
            "select name, media, row_count, size, sha256 from training_file where set_id = ?",
            (row, number) ->
                new Stored(
                    row.getString(1),
                    row.getString(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getString(5)),
            id)
        .stream()
        .sorted(java.util.Comparator.comparing(Stored::name))
        .toList();
  }

  Optional<Stored> find(String id, String name) {
    return all(id).stream().filter(file -> file.name().equals(name)).findFirst();
  }

  /** Writes a file's bytes, a piece at a time. */
  void copy(String id, Stored file, OutputStream out) throws IOException {
    long pieces = (file.size() + PIECE - 1) / PIECE;
    for (int place = 0; place < pieces; place++) {
      List<byte[]> sealed =
          jdbc.query(
              "select sealed from training_chunk where set_id = ? and name = ? and place = ?",
              (row, number) -> row.getBytes(1),
              id,
              file.name(),
              place);
      if (sealed.isEmpty()) {
        throw new IOException("A piece of a data set's file is gone");
      }
      byte[] packed = keys.decrypt(sealed.get(0), context(id, file.name(), place));
      try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
        in.transferTo(out);
      }
    }
  }

  private static String context(String id, String name, int place) {
    return "training|" + id + "|" + name + "|" + place;
  }

  private static byte[] packed(byte[] bytes, int from, int length) {
    ByteArrayOutputStream packed = new ByteArrayOutputStream(length / 2);
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes, from, length);
    } catch (IOException e) {
      throw new UncheckedIOException("Memory takes every byte", e);
    }
    return packed.toByteArray();
  }
}
