package org.auscult.server.training;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.auscult.training.Column;
import org.auscult.training.TableFormat;
import org.jspecify.annotations.Nullable;

/**
 * The tables of one kind that a shard writes, one for each folder. One that has grown is handed
 * over, and another begun, so that no more than a piece of each lies in memory. What decides is the
 * number of cells, and of text the bytes written, so that the same rows make the same files.
 */
final class ShardTables {
  private static final long MOST_CELLS = 1_500_000;
  private static final int MOST_BYTES = 8 * 1024 * 1024;

  /** Takes a table that is finished. */
  @FunctionalInterface
  interface Taker {
    void take(String name, String media, long rows, byte[] bytes);
  }

  private final TableFormat format;
  private final List<Column> columns;
  private final String shard;
  private final Taker taker;
  private final Map<String, Open> open = new TreeMap<>();
  private final Map<String, Integer> parts = new TreeMap<>();

  ShardTables(TableFormat format, List<Column> columns, int shard, Taker taker) {
    this.format = format;
    this.columns = columns;
    this.shard = String.format("%05d", shard);
    this.taker = taker;
  }

  private static final class Open {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final TableFormat.Table table;
    private long rows;

    Open(TableFormat format, List<Column> columns) throws IOException {
      this.table = format.begin(columns, bytes);
    }
  }

  void add(String folder, List<@Nullable Object> cells) throws IOException {
    Open into = open.get(folder);
    if (into == null) {
      into = new Open(format, columns);
      open.put(folder, into);
    }
    into.table.add(cells);
    into.rows++;
  }

  /** Where a table may end: between rows, or between patients. */
  void pause() throws IOException {
    for (String folder : List.copyOf(open.keySet())) {
      Open one = open.get(folder);
      if (one != null
          && (one.rows * columns.size() >= MOST_CELLS || one.bytes.size() >= MOST_BYTES)) {
        end(folder, one);
      }
    }
  }

  /** Hands over all that is open. */
  void end() throws IOException {
    for (Map.Entry<String, Open> one : new TreeMap<>(open).entrySet()) {
      end(one.getKey(), one.getValue());
    }
  }

  private void end(String folder, Open one) throws IOException {
    one.table.end();
    int part = parts.merge(folder, 1, Integer::sum) - 1;
    String name = folder + "/" + shard + (part == 0 ? "" : "-" + part) + "." + format.suffix();
    taker.take(name, format.mediaType(), one.rows, one.bytes.toByteArray());
    open.remove(folder);
  }
}
