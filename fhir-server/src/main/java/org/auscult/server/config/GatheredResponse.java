package org.auscult.server.config;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * A response whose text leaves when there is enough of it, or when it ends. HAPI's writer of JSON
 * flushes behind each decimal number, which would send a packet for each of them.
 */
final class GatheredResponse extends HttpServletResponseWrapper {
  GatheredResponse(HttpServletResponse response) {
    super(response);
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    return new PrintWriter(new Gathering(super.getWriter()));
  }

  /** A writer that is not hurried. */
  private static final class Gathering extends FilterWriter {
    Gathering(Writer out) {
      super(out);
    }

    @Override
    public void flush() {
      // The container does it when its buffer is full, and at the end.
    }
  }
}
