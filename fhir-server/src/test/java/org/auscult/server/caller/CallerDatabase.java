package org.auscult.server.caller;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.auscult.server.config.Database.Vendor;
import org.flywaydb.core.Flyway;

/** Our own tables in a database. */
final class CallerDatabase {
  private CallerDatabase() {}

  static HikariDataSource migrated(String url, String user, Vendor vendor) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword("");
    config.setMaximumPoolSize(12);
    HikariDataSource dataSource = new HikariDataSource(config);
    Flyway.configure().dataSource(dataSource).locations(vendor.migrations()).load().migrate();
    return dataSource;
  }
}
