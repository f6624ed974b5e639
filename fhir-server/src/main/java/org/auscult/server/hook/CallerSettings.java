package org.auscult.server.hook;

import java.time.Duration;
import java.util.List;
import org.auscult.cds.caller.CallerLimits;
import org.auscult.cds.caller.CallerServers;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about reading from callers' FHIR servers; checked at start, documented
 * in {@code docs/configuration.md}.
 *
 * @param callerFhirServers base URLs of the FHIR servers that may be read; none: nothing is fetched
 * @param callerPrivateNetwork whether a name in that list may lead to a private network's address
 * @param callerBudget how long fetching for one call may take
 * @param callerPages pages of one answer at the most
 * @param callerBytes of all answers for one call at the most
 * @param callerThreads that read from one server at the same time
 */
@ConfigurationProperties("auscult")
public record CallerSettings(
    @DefaultValue List<String> callerFhirServers,
    @DefaultValue("false") boolean callerPrivateNetwork,
    @DefaultValue("2s") Duration callerBudget,
    @DefaultValue("20") int callerPages,
    @DefaultValue("10000000") int callerBytes,
    @DefaultValue("8") int callerThreads) {
  private static final Duration LEAST_BUDGET = Duration.ofMillis(50);
  private static final Duration MOST_BUDGET = Duration.ofSeconds(30);

  public CallerSettings {
    callerFhirServers = List.copyOf(callerFhirServers);
    if (callerBudget.compareTo(LEAST_BUDGET) < 0 || callerBudget.compareTo(MOST_BUDGET) > 0) {
      throw new IllegalArgumentException(
          "auscult.caller-budget is " + callerBudget + "; it takes 50ms to 30s");
    }
    requireBetween("caller-pages", callerPages, 1, 1_000);
    requireBetween("caller-bytes", callerBytes, 10_000, 100_000_000);
    requireBetween("caller-threads", callerThreads, 1, 64);
    for (String server : callerFhirServers) {
      try {
        new CallerServers(List.of(server), false);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "auscult.caller-fhir-servers takes FHIR base URLs, http or https, without user, query"
                + " or fragment",
            e);
      }
    }
  }

  private static void requireBetween(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "auscult." + key + " is " + value + "; it takes " + least + " to " + most);
    }
  }

  CallerServers servers() {
    return new CallerServers(callerFhirServers, callerPrivateNetwork);
  }

  CallerLimits limits() {
    return new CallerLimits(callerBudget, callerPages, callerBytes, callerThreads);
  }
}
