package org.auscult.prove.crash;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.auscult.server.config.Database;
import org.auscult.server.serve.FreePort;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL for the proof: an embedded one, or empty databases on one that is given. */
public final class ProofDatabase implements AutoCloseable {
  private final @Nullable EmbeddedPostgres embedded;
  private final String url;

  private ProofDatabase(@Nullable EmbeddedPostgres embedded, String url) {
    this.embedded = embedded;
    this.url = url;
  }

  /** Opens it; a given one must let its user create databases. */
  public static ProofDatabase open(@Nullable String given) throws IOException {
    if (given != null) {
      return new ProofDatabase(null, jdbc(given));
    }
    EmbeddedPostgres started = EmbeddedPostgres.builder().setPort(FreePort.find()).start();
    return new ProofDatabase(started, started.getJdbcUrl("postgres", "postgres"));
  }

  private static String jdbc(String given) {
    if (given.startsWith("jdbc:")) {
      return given;
    }
    URI uri = URI.create(given);
    String[] user = uri.getUserInfo() == null ? new String[0] : uri.getUserInfo().split(":", 2);
    return "jdbc:postgresql://"
        + uri.getRawAuthority().replaceFirst(".*@", "")
        + uri.getPath()
        + (user.length > 0 ? "?user=" + user[0] : "")
        + (user.length > 1 ? "&password=" + user[1] : "");
  }

  /** An empty database of this name, and its URL. */
  public String create(String name) throws SQLException {
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute("drop database if exists " + name + " with (force)");
      statement.execute("create database " + name);
    }
    return url.replaceFirst("(jdbc:postgresql://[^/]+/)[^?]*", "$1" + name);
  }

  /** Our own tables in it, as the server makes them. */
  public static void migrate(String url) {
    Database.Vendor vendor =
        url.startsWith("jdbc:h2:") ? Database.Vendor.H2 : Database.Vendor.POSTGRESQL;
    Flyway.configure()
        .dataSource(url, null, null)
        .locations(vendor.migrations())
        .table("auscult_schema_history")
        .load()
        .migrate();
  }

  @Override
  public void close() throws IOException {
    if (embedded != null) {
      embedded.close();
    }
  }
}
