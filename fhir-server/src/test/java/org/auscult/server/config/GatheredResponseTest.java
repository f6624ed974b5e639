package org.auscult.server.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Text leaves when there is enough of it, or when it ends. */
class GatheredResponseTest {
  private final MockHttpServletResponse sent = new MockHttpServletResponse();

  @Test
  void isNotSentBeforeItEnds() throws Exception {
    PrintWriter writer = new GatheredResponse(sent).getWriter();
    writer.write("{\"value\":");
    writer.flush();
    writer.write("1.5");
    writer.flush();
    assertThat(sent.isCommitted()).isFalse();
    writer.write("}");
    writer.close();
    assertThat(sent.getContentAsString()).isEqualTo("{\"value\":1.5}");
  }

  @Test
  void isSentAtOnceWhenTheContainerIsToldTo() throws Exception {
    GatheredResponse response = new GatheredResponse(sent);
    response.getWriter().write("{}");
    response.flushBuffer();
    assertThat(sent.isCommitted()).isTrue();
  }
}
