package org.auscult.server.keys;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.auscult.server.config.Database.Vendor;
import org.flywaydb.core.Flyway;

/** Our own tables in a database. */
final class KeyDatabase {
  private static final int NODES_AND_MORE = 12;

  private KeyDatabase() {}

  static HikariDataSource migrated(String url, String user, Vendor vendor) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setUsername(user);
    config.setPassword("");
    config.setMaximumPoolSize(NODES_AND_MORE);
    HikariDataSource dataSource = new HikariDataSource(config);
    Flyway.configure().dataSource(dataSource).locations(vendor.migrations()).load().migrate();
    return dataSource;
  }
}
