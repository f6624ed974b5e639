package org.auscult.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.training.Column;
import org.auscult.training.CsvFormat;
import org.auscult.training.TableFormat;
import org.junit.jupiter.api.Test;

/** However many rows come, no file grows beyond what memory is meant for. */
class ShardTablesTest {
  private static final int MEGABYTE = 1024 * 1024;

  private final Map<String, Long> rows = new TreeMap<>();
  private final List<Integer> sizes = new ArrayList<>();

  private void write(TableFormat format, List<Column> columns, int many, List<Object> row)
      throws IOException {
    ShardTables tables =
        new ShardTables(
            format,
            columns,
            3,
            (name, media, count, bytes) -> {
              rows.put(name, count);
              sizes.add(bytes.length);
            });
    for (int i = 0; i < many; i++) {
      tables.add("train", new ArrayList<>(row));
      tables.pause();
    }
    tables.end();
  }

  @Test
  void endsTextByItsBytes() throws IOException {
    Column text = new Column("text", Column.Type.TEXT);
    write(new CsvFormat(), List.of(text), 200_000, List.of("x".repeat(100)));

    assertThat(rows.keySet())
        .containsExactly("train/00003-1.csv", "train/00003-2.csv", "train/00003.csv");
    assertThat(rows.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(200_000);
    assertThat(sizes).allMatch(size -> size <= 9 * MEGABYTE);
  }

  @Test
  void endsParquetByItsCells() throws IOException {
    Column number = new Column("number", Column.Type.INTEGER);
    write(
        new ParquetFormat(),
        List.of(number, new Column("b", Column.Type.INTEGER)),
        800_000,
        List.of(1L, 2L));

    assertThat(rows).containsOnlyKeys("train/00003-1.parquet", "train/00003.parquet");
    assertThat(rows).containsEntry("train/00003.parquet", 750_000L);
  }
}
