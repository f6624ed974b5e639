package org.auscult.server.timeline;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the timeline is read.
 *
 * @param cachedFacts so many facts of opened charts are kept in memory, about 1 kB each; 0 for none
 */
@ConfigurationProperties("auscult.timeline")
public record TimelineSettings(@DefaultValue("100000") long cachedFacts) {
  public TimelineSettings {
    if (cachedFacts < 0) {
      throw new IllegalArgumentException(
          "auscult.timeline.cached-facts is " + cachedFacts + "; it takes 0 for none, or more");
    }
  }
}
