package org.auscult.training;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: writes tables as bytes of one format; the same rows always give the same bytes. */
public interface TableFormat {
  /** What a file's name ends with, without the dot. */
  String suffix();

  /** As HTTP names it. */
  String mediaType();

  /**
   * Begins a table.
   *
   * @param out left open
   */
  Table begin(List<Column> columns, OutputStream out) throws IOException;

  /** A table that is being written. Threads: not safe. */
  interface Table {
    /** Adds a row. */
    void add(List<@Nullable Object> cells) throws IOException;

    /** Writes what is still to be written; nothing can be added after it. */
    void end() throws IOException;
  }
}
