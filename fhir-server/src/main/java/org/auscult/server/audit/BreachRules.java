package org.auscult.server.audit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.audit.AuditKind;
import org.auscult.audit.AuditTrail;
import org.auscult.server.audit.Suspicion.Rule;

/**
 * Looks in the log for what may be a breach. Each rule is one question to the rows by which events
 * are found; a rule says that something should be looked at, never that somebody did wrong.
 */
final class BreachRules {
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);

  private final DataSource dataSource;
  private final BreachSettings settings;
  private final Emergencies emergencies;

  /** Emergency accesses, whose reviews lie in the record. */
  interface Emergencies {
    /** Those that began before then and that nobody has reviewed. */
    List<Suspicion> unreviewed(Instant before);
  }

  BreachRules(DataSource dataSource, BreachSettings settings, Emergencies emergencies) {
    this.dataSource = dataSource;
    this.settings = settings;
    this.emergencies = emergencies;
  }

  /** What the rules say of the events until now. */
  List<Suspicion> look(Instant now) {
    List<Suspicion> found = new ArrayList<>();
    Instant anHourAgo = now.minus(HOUR);
    for (String agent : agents(REFUSED, anHourAgo, settings.refusals())) {
      found.add(new Suspicion(Rule.MANY_REFUSALS, agent, null, anHourAgo, now, ""));
    }
    Instant aDayAgo = now.minus(DAY);
    for (String agent : agents(SAW, aDayAgo, settings.patients())) {
      found.add(new Suspicion(Rule.MANY_PATIENTS, agent, null, aDayAgo, now, ""));
    }
    for (String agent : agents(REUSED, aDayAgo, 1)) {
      found.add(new Suspicion(Rule.REFRESH_TOKEN_REUSE, agent, null, aDayAgo, now, ""));
    }
    found.addAll(emergencies.unreviewed(now.minus(settings.review())));
    return found;
  }

  private static final String REUSED =
      "select agent from audit_event where recorded_at >= ? and agent is not null and number = 0"
          + " and kind = '"
          + AuditKind.TOKEN.code()
          + "' and subtype = '"
          + AuditTrail.REFRESH_TOKEN_REUSE
          + "' group by agent having count(*) >= ?";

  private static final String REFUSED =
      "select agent from audit_event where recorded_at >= ? and agent is not null and number = 0"
          + " and kind = '"
          + AuditKind.ACCESS_DENIED.code()
          + "' group by agent having count(*) >= ?";

  /** Persons alone, who have a reference: systems see many patients, that is what they are for. */
  private static final String SAW =
      "select agent from audit_event where recorded_at >= ? and agent like '%/%' and outcome = '0'"
          + " and patient is not null group by agent having count(distinct patient) >= ?";

  private List<String> agents(String sql, Instant since, int least) {
    List<String> agents = new ArrayList<>();
    try (Connection connection = dataSource.getConnection();
        PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, since.toEpochMilli());
      select.setInt(2, least);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          agents.add(rows.getString(1));
        }
      }
      return agents;
    } catch (SQLException e) {
      throw new AuditLogException("The log cannot be looked at", e);
    }
  }
}
