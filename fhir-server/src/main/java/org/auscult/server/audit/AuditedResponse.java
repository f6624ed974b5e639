package org.auscult.server.audit;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.IntConsumer;
import org.auscult.audit.AuditUnavailableException;

/** A response that is recorded before the first of it can leave. */
final class AuditedResponse extends HttpServletResponseWrapper {
  private final IntConsumer recorder;
  private boolean isRecorded;
  private boolean isRefused;

  /**
   * @param recorder of the status; throws {@link AuditUnavailableException} if nothing may leave
   */
  AuditedResponse(HttpServletResponse response, IntConsumer recorder) {
    super(response);
    this.recorder = recorder;
  }

  /** Records the answer, if it is not yet. */
  void recordOnce(int status) {
    if (isRefused) {
      throw new AuditUnavailableException("This answer could not be recorded", null);
    }
    if (!isRecorded) {
      isRefused = true;
      recorder.accept(status);
      isRefused = false;
      isRecorded = true;
    }
  }

  /** Whether nothing of it may leave. */
  boolean isRefused() {
    return isRefused;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    recordOnce(getStatus());
    return super.getOutputStream();
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    recordOnce(getStatus());
    return super.getWriter();
  }

  @Override
  public void flushBuffer() throws IOException {
    recordOnce(getStatus());
    super.flushBuffer();
  }

  /** A failure that was answered stays what it is: a second one would make it one of ours. */
  @Override
  public void sendError(int status) throws IOException {
    if (!hasFailed()) {
      recordOnce(status);
      super.sendError(status);
    }
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    if (!hasFailed()) {
      recordOnce(status);
      super.sendError(status, message);
    }
  }

  private boolean hasFailed() {
    return isCommitted() && getStatus() >= SC_BAD_REQUEST;
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    recordOnce(SC_FOUND);
    super.sendRedirect(location);
  }
}
