package org.auscult.server.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.Util;
import org.auscult.training.Column;
import org.auscult.training.Meds;
import org.auscult.training.TableFormat;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Read back by DuckDB, which shares nothing with what wrote it. */
class ParquetFormatTest {
  @TempDir Path folder = Path.of("");

  private static byte[] write(List<Column> columns, List<List<@Nullable Object>> rows)
      throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TableFormat.Table table = new ParquetFormat().begin(columns, bytes);
    for (List<@Nullable Object> row : rows) {
      table.add(row);
    }
    table.end();
    return bytes.toByteArray();
  }

  private List<String> read(byte[] bytes, String select) throws IOException, SQLException {
    Path file = folder.resolve("table.parquet");
    Files.write(file, bytes);
    List<String> lines = new ArrayList<>();
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement();
        ResultSet rows = statement.executeQuery(select.replace("FILE", "'" + file + "'"))) {
      while (rows.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          cells.add(String.valueOf((Object) rows.getObject(i)));
        }
        lines.add(String.join("|", cells));
      }
    }
    return lines;
  }

  @Test
  void isReadBackWithTypesNullsAndLists() throws IOException, SQLException {
    List<Column> columns =
        List.of(
            new Column("text", Column.Type.TEXT),
            new Column("time", Column.Type.TIME),
            new Column("number", Column.Type.NUMBER),
            new Column("single", Column.Type.SINGLE),
            new Column("whole", Column.Type.INTEGER),
            new Column("texts", Column.Type.TEXTS));
    byte[] bytes =
        write(
            columns,
            List.of(
                Arrays.asList(
                    "Größe, \"x\"",
                    Instant.parse("2024-02-29T23:59:59.123Z"),
                    1.0 / 3,
                    0.1f,
                    Long.MAX_VALUE,
                    List.of("a", "b")),
                Arrays.asList(null, null, null, null, null, null),
                Arrays.asList(
                    "", Instant.parse("1931-01-01T00:00:00Z"), -0.0, 1f, -1L, List.of())));

    assertThat(read(bytes, "select * from FILE"))
        .containsExactly(
            "Größe, \"x\"|2024-02-29 23:59:59.123|0.3333333333333333|0.1|9223372036854775807|[a, b]",
            "null|null|null|null|null|null",
            "|1931-01-01 00:00:00.0|-0.0|1.0|-1|[]");
    assertThat(read(bytes, "select column_name, column_type from (describe select * from FILE)"))
        .containsExactly(
            "text|VARCHAR",
            "time|TIMESTAMP",
            "number|DOUBLE",
            "single|FLOAT",
            "whole|BIGINT",
            "texts|VARCHAR[]");
  }

  /** The types that the standard asks for. */
  @Test
  void writesMedsAsTheStandardSays() throws IOException, SQLException {
    String types = "select column_name, column_type from (describe select * from FILE)";

    assertThat(read(write(Meds.DATA, List.of()), types))
        .startsWith(
            "subject_id|BIGINT",
            "time|TIMESTAMP",
            "code|VARCHAR",
            "numeric_value|FLOAT",
            "text_value|VARCHAR");
    assertThat(read(write(Meds.CODES, List.of()), types))
        .containsExactly("code|VARCHAR", "description|VARCHAR", "parent_codes|VARCHAR[]");
    assertThat(read(write(Meds.SPLITS, List.of()), types))
        .containsExactly("subject_id|BIGINT", "split|VARCHAR");
  }

  /** Many rows, with pages and groups of rows. */
  @Test
  void keepsManyRowsAndItsBytes() throws IOException, SQLException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (long i = 0; i < 60_000; i++) {
      rows.add(Arrays.asList(i, i % 7 == 0 ? null : "value " + i % 1_000));
    }
    byte[] bytes = write(Meds.SPLITS, rows);

    assertThat(read(bytes, "select count(*), sum(subject_id), count(split) from FILE"))
        .containsExactly("60000|1799970000|" + (60_000 - 8_572));
    assertThat(write(Meds.SPLITS, rows)).isEqualTo(bytes);
  }

  /** In what order the library lists encodings hangs on hashes that are another in each process. */
  @Test
  void theFootersListsAreInOrderHoweverTheyWere() throws IOException {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      rows.add(Arrays.asList("p" + i % 7, i % 3 == 0 ? null : (Object) (i % 11 / 2.0)));
    }
    byte[] written =
        write(
            List.of(
                new Column("patient", Column.Type.TEXT), new Column("value", Column.Type.NUMBER)),
            rows);
    int length = ByteBuffer.wrap(written).order(ByteOrder.LITTLE_ENDIAN).getInt(written.length - 8);
    int start = written.length - 8 - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(written, start, length));
    footer.getRow_groups().get(0).getColumns().stream()
        .map(ColumnChunk::getMeta_data)
        .forEach(
            column -> {
              assertThat(column.getEncodings()).hasSizeGreaterThan(1).isSorted();
              Collections.reverse(column.getEncodings());
              Collections.reverse(column.getEncoding_stats());
            });
    ByteArrayOutputStream shuffled = new ByteArrayOutputStream();
    shuffled.write(written, 0, start);
    Util.writeFileMetaData(footer, shuffled);
    shuffled.write(written, written.length - 8, 8);

    assertThat(shuffled.toByteArray()).hasSameSizeAs(written).isNotEqualTo(written);
    assertThat(ParquetFooter.ordered(shuffled.toByteArray())).isEqualTo(written);
  }
}
