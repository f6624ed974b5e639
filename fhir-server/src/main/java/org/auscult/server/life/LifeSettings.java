package org.auscult.server.life;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an operator may set about definitions; documented in {@code docs/configuration.md}.
 *
 * @param reviewed beginnings of the URLs of features and sets that become active only when a
 *     reviewer has reviewed them; {@code *} for all
 * @param profileVectors so many vectors are made for one {@code $profile} at the most
 */
@ConfigurationProperties("auscult.definitions")
public record LifeSettings(
    @DefaultValue List<String> reviewed, @DefaultValue("10000") int profileVectors) {
  public LifeSettings {
    reviewed = List.copyOf(reviewed);
    if (reviewed.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException(
          "auscult.definitions.reviewed holds an empty beginning; write * for all URLs");
    }
    if (profileVectors < 100 || profileVectors > 1_000_000) {
      throw new IllegalArgumentException(
          "auscult.definitions.profile-vectors is "
              + profileVectors
              + "; it takes a number from 100 to 1000000");
    }
  }

  boolean asksReview(String url) {
    return reviewed.stream().anyMatch(start -> start.equals("*") || url.startsWith(start));
  }
}
