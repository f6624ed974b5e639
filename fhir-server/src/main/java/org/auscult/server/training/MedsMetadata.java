package org.auscult.server.training;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.auscult.server.training.TrainingJob.Phase;
import org.auscult.training.Column;
import org.auscult.training.Meds;
import org.auscult.training.Part;
import org.auscult.training.TableFormat;

/** Writes the files that MEDS wants beside the events, when all shards are there. */
final class MedsMetadata {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TableFormat PARQUET = new ParquetFormat();

  private final TrainingRun.Tools tools;
  private final TrainingPlan plan;
  private final TrainingJob job;
  private final String holder;

  MedsMetadata(TrainingRun.Tools tools, TrainingPlan plan, TrainingJob job, String holder) {
    this.tools = tools;
    this.plan = plan;
    this.job = job;
    this.holder = holder;
  }

  void write() throws IOException {
    table("meds/metadata/codes.parquet", Meds.CODES, this::codes);
    table("meds/metadata/subject_splits.parquet", Meds.SPLITS, this::splits);
    byte[] dataset = JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(dataset());
    keep("meds/metadata/dataset.json", "application/json", 0, dataset);
  }

  private long codes(TableFormat.Table table) throws IOException {
    SortedMap<String, String> texts = new TreeMap<>();
    tools.sets().codes(job.id(), codes -> ShardResult.add(texts, codes));
    for (Map.Entry<String, String> code : texts.entrySet()) {
      String text = code.getValue().isEmpty() ? null : code.getValue();
      table.add(Arrays.asList(code.getKey(), text, List.of()));
    }
    return texts.size();
  }

  private long splits(TableFormat.Table table) {
    long[] rows = new long[1];
    tools
        .sets()
        .subjects(
            job.id(),
            (subject, part) -> {
              try {
                table.add(List.of(subject, Meds.split(Part.of(part).orElseThrow())));
                rows[0]++;
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    return rows[0];
  }

  /** The cut stands for the time: it says what the bytes are made of, and the clock does not. */
  private Map<String, Object> dataset() {
    Map<String, Object> dataset = new LinkedHashMap<>();
    dataset.put("dataset_name", job.name());
    dataset.put("dataset_version", plan.cut().toString());
    dataset.put("etl_name", "auscult $training-set");
    dataset.put("etl_version", TrainingManifest.engine());
    dataset.put("meds_version", Meds.VERSION);
    dataset.put("created_at", Instant.ofEpochMilli(plan.cut().toEpochMilli()).toString());
    dataset.put("code_modifier_columns", Meds.CODE_MODIFIERS);
    dataset.put("other_extension_columns", Meds.OTHERS);
    return dataset;
  }

  @FunctionalInterface
  private interface Filler {
    /** Fills a table; says how many rows it has. */
    long fill(TableFormat.Table table) throws IOException;
  }

  private void table(String name, List<Column> columns, Filler filler) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TableFormat.Table table = PARQUET.begin(columns, bytes);
    long rows = filler.fill(table);
    table.end();
    keep(name, PARQUET.mediaType(), rows, bytes.toByteArray());
  }

  private void keep(String name, String media, long rows, byte[] bytes) {
    tools
        .sets()
        .whileHeld(
            job,
            holder,
            () -> tools.files().add(job.id(), Phase.WHOLE, 0, name, media, rows, bytes));
  }
}
