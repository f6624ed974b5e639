package org.auscult.server.training;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.Util;

/**
 * The footer of a Parquet file, in an order of its own.
 *
 * <p>The library lists the encodings of a column in the order of a hash set of enum constants,
 * whose hashes hang on the thread that first asked for them: the same rows would give other bytes
 * on another server.
 */
final class ParquetFooter {
  /** Behind the footer: its length, and the magic number. */
  private static final int TRAILER = 8;

  private ParquetFooter() {}

  /**
   * The same end of a file, with its footer's lists in order.
   *
   * @param end of a file, the footer and what follows within it
   */
  static byte[] ordered(byte[] end) throws IOException {
    int length = ByteBuffer.wrap(end).order(ByteOrder.LITTLE_ENDIAN).getInt(end.length - TRAILER);
    int start = end.length - TRAILER - length;
    FileMetaData footer = Util.readFileMetaData(new ByteArrayInputStream(end, start, length));
    footer
        .getRow_groups()
        .forEach(group -> group.getColumns().forEach(column -> order(column.getMeta_data())));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Util.writeFileMetaData(footer, written);
    byte[] ordered = new byte[start + written.size() + TRAILER];
    ByteBuffer.wrap(ordered)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(end, 0, start)
        .put(written.toByteArray())
        .putInt(written.size())
        .put(end, end.length - TRAILER / 2, TRAILER / 2);
    return ordered;
  }

  private static void order(ColumnMetaData column) {
    List<Encoding> encodings = new ArrayList<>(column.getEncodings());
    encodings.sort(Comparator.comparing(Encoding::getValue));
    column.setEncodings(encodings);
    if (column.isSetEncoding_stats()) {
      List<PageEncodingStats> pages = new ArrayList<>(column.getEncoding_stats());
      pages.sort(
          Comparator.comparing((PageEncodingStats page) -> page.getPage_type().getValue())
              .thenComparing(page -> page.getEncoding().getValue()));
      column.setEncoding_stats(pages);
    }
  }
}
