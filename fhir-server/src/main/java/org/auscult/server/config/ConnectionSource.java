package org.auscult.server.config;

import com.zaxxer.hikari.HikariConfig;
import java.sql.SQLException;
import org.auscult.server.embedded.EmbeddedDataSource;
import org.jspecify.annotations.Nullable;

/** Where all pools of this process take their connections from. */
public final class ConnectionSource implements AutoCloseable {
  private final Database database;
  private final @Nullable EmbeddedDataSource embedded;

  /**
   * Opens the embedded database; one of its own process is reached by each pool.
   *
   * @throws SQLException if the embedded database cannot be opened
   */
  public ConnectionSource(Database database) throws SQLException {
    this.database = database;
    this.embedded =
        database.vendor() == Database.Vendor.H2
            ? new EmbeddedDataSource(database.jdbcUrl(), database.user(), database.password())
            : null;
  }

  /** A new pool's settings, to which its size and patience may be added. */
  public HikariConfig pool(String name) {
    HikariConfig config = new HikariConfig();
    config.setPoolName(name);
    if (embedded == null) {
      config.setJdbcUrl(database.jdbcUrl());
      config.setUsername(database.user());
      config.setPassword(database.password());
    } else {
      config.setDataSource(embedded.source());
    }
    return config;
  }

  /** After its pools. */
  @Override
  public void close() throws SQLException {
    if (embedded != null) {
      embedded.close();
    }
  }
}
