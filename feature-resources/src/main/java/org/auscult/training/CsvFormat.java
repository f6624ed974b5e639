package org.auscult.training;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * CSV of RFC 4180 with a header, in UTF-8: null is an empty cell, empty text a quoted one; times as
 * {@code 2024-05-03T10:00:00.000Z}; numbers as Java reads them back exactly.
 */
public final class CsvFormat implements TableFormat {
  private static final CSVFormat RFC4180 =
      CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.MINIMAL).setNullString("").build();

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  @Override
  public String suffix() {
    return "csv";
  }

  @Override
  public String mediaType() {
    return "text/csv;charset=UTF-8;header=present";
  }

  @Override
  public Table begin(List<Column> columns, OutputStream out) throws IOException {
    Writer writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
    CSVPrinter printer = new CSVPrinter(writer, RFC4180);
    printer.printRecord(columns.stream().map(Column::name));
    return new Table() {
      @Override
      public void add(List<@Nullable Object> cells) throws IOException {
        printer.printRecord(cells.stream().map(CsvFormat::text));
      }

      @Override
      public void end() throws IOException {
        printer.flush();
      }
    };
  }

  /** As people and other programs read it. */
  static @Nullable Object text(@Nullable Object cell) {
    if (cell instanceof Instant time) {
      return TIME.format(time);
    }
    return cell instanceof List<?> texts
        ? String.join(" ", texts.stream().map(String::valueOf).toList())
        : cell;
  }
}
