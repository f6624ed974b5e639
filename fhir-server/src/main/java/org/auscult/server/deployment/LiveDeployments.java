package org.auscult.server.deployment;

import java.util.List;
import org.auscult.deployment.Deployment;
import org.auscult.deployment.Hook;
import org.springframework.jdbc.core.JdbcTemplate;

/** The table of live deployments; each method takes part in the caller's transaction. */
final class LiveDeployments {
  private final JdbcTemplate jdbc;

  LiveDeployments(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** A version of a PlanDefinition. */
  record Version(String id, long version) {}

  /** All that are live, by service. */
  List<Version> all() {
    return jdbc
        .query(
            "select resource_id, resource_version from live_deployment order by service, url, hook",
            (row, i) -> new Version(row.getString(1), row.getLong(2)))
        .stream()
        .distinct()
        .toList();
  }

  boolean isLive(String id) {
    return !jdbc.queryForList(
            "select 1 from live_deployment where resource_id = ?", Integer.class, id)
        .isEmpty();
  }

  /** Adds one; another version of it on the same hook makes it fail. */
  void add(Deployment deployment, Version version) {
    for (Hook hook : deployment.hooks()) {
      jdbc.update(
          "insert into live_deployment (service, url, hook, resource_id, resource_version)"
              + " values (?, ?, ?, ?, ?)",
          deployment.service(),
          deployment.url(),
          hook.id(),
          version.id(),
          version.version());
    }
  }

  void remove(String id) {
    jdbc.update("delete from live_deployment where resource_id = ?", id);
  }
}
