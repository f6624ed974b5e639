package org.auscult.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableFormatsTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column("text", Column.Type.TEXT),
          new Column("time", Column.Type.TIME),
          new Column("number", Column.Type.NUMBER),
          new Column("whole", Column.Type.INTEGER),
          new Column("name, \"quoted\"", Column.Type.SINGLE),
          new Column("texts", Column.Type.TEXTS));

  private static final List<List<@Nullable Object>> ROWS =
      List.of(
          Arrays.asList("plain", Instant.EPOCH, 0.1, 7L, 1.5f, List.of("a", "b")),
          Arrays.asList("comma, \"quote\"\r\nand line", null, -1e-300, null, null, null),
          Arrays.asList("", Instant.parse("2024-02-29T23:59:59.123Z"), null, -1L, null, List.of()),
          Arrays.asList(null, null, 1.0 / 3, Long.MAX_VALUE, 0.1f, null));

  private static String write(TableFormat format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TableFormat.Table table = format.begin(COLUMNS, bytes);
    for (List<@Nullable Object> row : ROWS) {
      table.add(row);
    }
    table.end();
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void quotesInCsvWhatMustBeQuoted() throws IOException {
    String written = write(new CsvFormat());

    assertThat(written)
        .startsWith("text,time,number,whole,\"name, \"\"quoted\"\"\",texts\r\n")
        .contains("plain,1970-01-01T00:00:00.000Z,0.1,7,1.5,a b\r\n")
        .contains("\"comma, \"\"quote\"\"\r\nand line\",,-1.0E-300,,,\r\n")
        .endsWith(",,0.3333333333333333,9223372036854775807,0.1,\r\n");
    List<CSVRecord> read =
        CSVFormat.RFC4180
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .build()
            .parse(new StringReader(written))
            .getRecords();
    assertThat(read).hasSize(4);
    assertThat(read.get(1).get("text")).isEqualTo("comma, \"quote\"\r\nand line");
    assertThat(Double.parseDouble(read.get(3).get("number"))).isEqualTo(1.0 / 3);
  }

  @Test
  void writesEveryColumnInEachLineOfNdjson() throws IOException {
    String written = write(new NdjsonFormat());

    assertThat(written).endsWith("}\n");
    List<JsonNode> lines = new ArrayList<>();
    for (String line : written.split("\n", -1)) {
      if (!line.isEmpty()) {
        lines.add(new ObjectMapper().readTree(line));
      }
    }
    assertThat(lines).hasSize(4);
    for (JsonNode line : lines) {
      List<String> names = new ArrayList<>();
      line.fieldNames().forEachRemaining(names::add);
      assertThat(names).isEqualTo(COLUMNS.stream().map(Column::name).toList());
    }
    assertThat(lines.get(0).get("number").doubleValue()).isEqualTo(0.1);
    assertThat(lines.get(0).get("texts").toString()).isEqualTo("[\"a\",\"b\"]");
    assertThat(lines.get(2).get("time").textValue()).isEqualTo("2024-02-29T23:59:59.123Z");
    assertThat(lines.get(3).get("text").isNull()).isTrue();
    assertThat(Objects.requireNonNull(lines.get(3).get("whole")).longValue())
        .isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void writesNothingOfNoRows() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    new NdjsonFormat().begin(COLUMNS, bytes).end();

    assertThat(bytes.size()).isZero();
  }
}
