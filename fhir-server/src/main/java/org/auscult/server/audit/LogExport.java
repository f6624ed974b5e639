package org.auscult.server.audit;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.auscult.audit.export.ExportHeader;
import org.auscult.audit.export.LogExportWriter;
import org.auscult.audit.head.HeadKeys;
import org.auscult.audit.head.SignedTreeHead;
import org.auscult.audit.tree.Frontier;

/**
 * The leaves from an index up to a head, with all heads between, in the form that the offline
 * verifier reads; written page by page, so that whoever reads it holds a page and not the whole.
 * Each page has a connection of its own, and none is kept while a page is on its way: what has its
 * place in the log does not change.
 */
final class LogExport {
  private static final int PAGE = 1_000;

  private final DataSource dataSource;
  private final SignedTreeHead upTo;
  private final LogExportWriter writer;
  private final TreeMap<Long, SignedTreeHead> between;
  private final long first;
  private long from;
  private boolean isEnded;

  /** Writes the header. */
  private LogExport(
      DataSource dataSource,
      HeadKeys keys,
      Instant now,
      long first,
      SignedTreeHead upTo,
      OutputStream out)
      throws IOException {
    this.dataSource = dataSource;
    this.upTo = upTo;
    this.first = first;
    this.from = first;
    try (Connection connection = dataSource.getConnection()) {
      Frontier edge = Frontier.read(new JdbcSubtreeHashes(connection), first);
      this.writer =
          LogExportWriter.begin(
              out,
              new ExportHeader(
                  upTo.head().log(), first, upTo.head().size(), edge.hashes(), keys, now));
      this.between = heads(connection, first, upTo.head().size());
    } catch (SQLException e) {
      throw LogReader.unread(e);
    }
  }

  /**
   * Where exports are made.
   *
   * @param first at most the size of the head
   */
  record Source(
      DataSource dataSource, HeadKeys keys, Instant now, long first, SignedTreeHead upTo) {
    void writeTo(OutputStream out) throws IOException {
      LogExport export = begin(out);
      while (!export.isEnded) {
        export.next();
      }
    }

    /** The same, written as it is read: no file in between. */
    InputStream open() throws IOException {
      return new Reading(this);
    }

    private LogExport begin(OutputStream out) throws IOException {
      return new LogExport(dataSource, keys, now, first, upTo, out);
    }
  }

  /** Writes the next page, and behind the last one the end. */
  private void next() throws IOException {
    long size = upTo.head().size();
    try (Connection connection = dataSource.getConnection()) {
      JdbcSubtreeHashes stored = new JdbcSubtreeHashes(connection);
      long index = from;
      from = Math.min(from + PAGE, size);
      for (byte[] leaf : LogReader.leaves(connection, index, from)) {
        writer.leaf(leaf);
        index++;
        SignedTreeHead head = between.get(index);
        if (head != null) {
          writer.head(head, Frontier.read(stored, index).hashes());
        }
      }
      if (first == size) {
        writer.head(upTo, Frontier.read(stored, size).hashes());
      }
    } catch (SQLException e) {
      throw LogReader.unread(e);
    }
    if (from == size) {
      writer.end();
      isEnded = true;
    }
  }

  private static TreeMap<Long, SignedTreeHead> heads(Connection connection, long after, long upTo)
      throws SQLException {
    TreeMap<Long, SignedTreeHead> heads = new TreeMap<>();
    try (PreparedStatement select =
        connection.prepareStatement(
            "select size, head from audit_head where size > ? and size <= ?")) {
      select.setLong(1, after);
      select.setLong(2, upTo);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          heads.put(rows.getLong(1), SignedTreeHead.read(rows.getBytes(2)));
        }
      }
    }
    return heads;
  }

  /** A page at a time lies in memory. */
  private static final class Reading extends InputStream {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final LogExport export;
    private byte[] page;
    private int position;

    Reading(Source source) throws IOException {
      this.export = source.begin(written);
      this.page = written.toByteArray();
    }

    @Override
    public int read() throws IOException {
      return isAtEnd() ? -1 : page[position++] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, into.length);
      if (length == 0) {
        return 0;
      }
      if (isAtEnd()) {
        return -1;
      }
      int taken = Math.min(length, page.length - position);
      System.arraycopy(page, position, into, offset, taken);
      position += taken;
      return taken;
    }

    private boolean isAtEnd() throws IOException {
      while (position == page.length && !export.isEnded) {
        written.reset();
        export.next();
        page = written.toByteArray();
        position = 0;
      }
      return position == page.length;
    }
  }
}
