package org.auscult.server.journal;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Counts the calls that are being answered, so that what can wait lets them go first. */
final class CallsInFlight implements Filter {
  private int calls;

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    begin();
    try {
      chain.doFilter(request, response);
    } finally {
      end();
    }
  }

  synchronized void begin() {
    calls++;
  }

  synchronized void end() {
    calls--;
    if (calls == 0) {
      notifyAll();
    }
  }

  /** Waits for a moment without any call, but no longer than this. */
  synchronized void awaitNone(Duration atMost) throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    for (long left = atMost.toNanos(); calls > 0 && left > 0; left = end - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
