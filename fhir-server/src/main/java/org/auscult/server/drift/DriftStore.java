package org.auscult.server.drift;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.Optional;
import org.auscult.server.drift.DriftReference.Content;
import org.auscult.server.model.Sha256;
import org.auscult.server.timeline.PatientChanges;
import org.springframework.jdbc.core.JdbcTemplate;

/** The tables of drift. References are written once, and checked by their hash when read. */
final class DriftStore implements PatientChanges {
  private static final ObjectMapper JSON = mapper();
  private static final String SELECT =
      "select id, model, starts_at, ends_at, sha256, content from drift_reference where ";

  private final JdbcTemplate jdbc;

  DriftStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** What the content is as it is stored, and its hash. */
  static String hash(Content content) {
    return Sha256.of(write(content).getBytes(StandardCharsets.UTF_8));
  }

  /** A reference by its id. */
  Optional<DriftReference> find(String id) {
    return one("id = ?", id);
  }

  /** The one that a model's windows are held against. */
  Optional<DriftReference> standard(String model) {
    return one("is_default = true and model = ? order by id limit 1", model);
  }

  private Optional<DriftReference> one(String where, String argument) {
    return jdbc
        .query(
            SELECT + where,
            (row, number) -> {
              String id = row.getString(1);
              String sha256 = row.getString(5);
              String content = row.getString(6);
              if (!Sha256.of(content.getBytes(StandardCharsets.UTF_8)).equals(sha256)) {
                throw new IllegalStateException(
                    "The content of "
                        + id
                        + " is not what its hash says; restore it, or make another");
              }
              return new DriftReference(
                  id,
                  row.getString(2),
                  Instant.ofEpochMilli(row.getLong(3)),
                  Instant.ofEpochMilli(row.getLong(4)),
                  sha256,
                  read(content));
            },
            argument)
        .stream()
        .findFirst();
  }

  /** Whether a reference is the one that a model's windows are held against. */
  enum Standing {
    DEFAULT,
    OTHER
  }

  void insert(DriftReference reference, Standing standing) {
    jdbc.update(
        "insert into drift_reference (id, model, starts_at, ends_at, is_default, sha256, content)"
            + " values (?, ?, ?, ?, ?, ?, ?)",
        reference.id(),
        reference.model(),
        reference.start().toEpochMilli(),
        reference.end().toEpochMilli(),
        standing == Standing.DEFAULT,
        reference.sha256(),
        write(reference.content()));
  }

  /** From now on a model's windows are held against this one. */
  void makeDefault(String id) {
    jdbc.update("update drift_reference set is_default = true where id = ?", id);
  }

  /** When the stretch ends that a model's windows are held against. */
  Optional<Instant> standardEnd(String model) {
    return jdbc
        .queryForList(
            "select ends_at from drift_reference where is_default = true and model = ? order by id"
                + " limit 1",
            Long.class,
            model)
        .stream()
        .findFirst()
        .map(Instant::ofEpochMilli);
  }

  @Override
  public void changed(Collection<String> patients, Instant knownAt) {
    // What was served stays what it was.
  }

  @Override
  public void erased() {
    jdbc.update("delete from drift_reference");
  }

  private static String write(Content content) {
    try {
      return JSON.writeValueAsString(content);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A reference cannot be written", e);
    }
  }

  private static Content read(String json) {
    try {
      return JSON.readValue(json, Content.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A reference cannot be read", e);
    }
  }

  private static ObjectMapper mapper() {
    // Components only: a record's own questions about itself are no data.
    return JsonMapper.builder()
        .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
        .addModule(
            new SimpleModule()
                .addKeyDeserializer(
                    LocalDate.class,
                    new KeyDeserializer() {
                      @Override
                      public LocalDate deserializeKey(String key, DeserializationContext context) {
                        return LocalDate.parse(key);
                      }
                    }))
        .build();
  }
}
