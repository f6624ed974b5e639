package org.auscult.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.auscult.bench.Load.Caller;
import org.auscult.server.config.Database;
import org.flywaydb.core.Flyway;

/**
 * What any way of doing it must cost: one indexed read, the latest of {@value #CODES_READ} codes,
 * and one durable insert of {@value #DOCUMENT} bytes, on tables like ours, by JDBC and without
 * HTTP.
 */
final class Floor implements AutoCloseable {
  /** The server's own default. */
  private static final int POOL = 16;

  private static final int CODES_READ = 20;
  private static final int DOCUMENT = 4_000;

  private final HikariDataSource pool;
  private final String document;

  private Floor(HikariDataSource pool, Random random) {
    this.pool = pool;
    StringBuilder text = new StringBuilder();
    while (text.length() < DOCUMENT) {
      text.append(Long.toString(random.nextLong(), 36));
    }
    this.document = "{\"entry\":\"" + text.substring(0, DOCUMENT - 12) + "\"}";
  }

  /** Makes the tables and fills them with as many rows for each person as their record has. */
  static Floor over(String url, List<Person> people, Random random) throws SQLException {
    Flyway.configure()
        .dataSource(url, null, null)
        .locations(Database.Vendor.POSTGRESQL.migrations())
        .table("auscult_schema_history")
        .load()
        .migrate();
    try (Connection connection = DriverManager.getConnection(url);
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into clinical_fact (patient, home_patient, source_kind, source_id,"
                    + " source_version, slot, coding, code_system, code, codes, effective_from,"
                    + " visible_from, precision_of_date, known_from, known_basis, epoch_from,"
                    + " value_type, numeric_value, preferred_value, preferred_unit, status, author)"
                    + " select ?, ?, 'OBSERVATION', n::text, 1, 0, 0, 'http://loinc.org',"
                    + " (?::varchar[])[1 + n % ?], 'http://loinc.org|code', n * 1000, n * 1000,"
                    + " 'SECOND', n * 1000, 'STATED', n, 'QUANTITY', n, n::text, 'mg/dL', 'final',"
                    + " 'PERSON' from generate_series(1, ?) n")) {
      String[] codes = Person.codes().toArray(String[]::new);
      for (Person person : people) {
        insert.setString(1, person.id());
        insert.setString(2, person.id());
        insert.setArray(3, connection.createArrayOf("varchar", codes));
        insert.setInt(4, codes.length);
        insert.setInt(5, person.rows());
        insert.executeUpdate();
      }
    }
    BenchDatabase.analyse(url);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(url);
    config.setMaximumPoolSize(POOL);
    return new Floor(new HikariDataSource(config), random);
  }

  /** A caller for these people, in random order. */
  Caller caller(List<Person> people, long seed) {
    Random random = new Random(seed);
    String[] codes = Person.codes().subList(0, CODES_READ).toArray(String[]::new);
    return new Caller() {
      @Override
      public void call() throws IOException {
        Person person = people.get(random.nextInt(people.size()));
        try {
          int found = read(person.id(), codes);
          if (found != CODES_READ) {
            throw new IOException("The floor found " + found + " of " + CODES_READ + " codes");
          }
          insert(person.id());
        } catch (SQLException e) {
          throw new IOException("The floor's SQL failed: " + e.getSQLState(), e);
        }
      }

      @Override
      public void close() {}
    };
  }

  private int read(String patient, String[] codes) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement select =
            connection.prepareStatement(
                "select f.* from unnest(?::varchar[]) wanted(code) cross join lateral"
                    + " (select * from clinical_fact f where f.patient = ? and f.code ="
                    + " wanted.code and f.visible_from <= ? and f.epoch_to is null order by"
                    + " f.visible_from desc limit 1) f")) {
      select.setArray(1, connection.createArrayOf("varchar", codes));
      select.setString(2, patient);
      select.setLong(3, Long.MAX_VALUE);
      int found = 0;
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found += rows.getString("preferred_value").isEmpty() ? 0 : 1;
        }
      }
      return found;
    }
  }

  private void insert(String patient) throws SQLException {
    try (Connection connection = pool.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into prediction_journal (id, recorded_at, service, instance,"
                    + " subject_origin, subject_id, epoch, entry, state, attempts)"
                    + " values (?,?,'floor',?,'',?,1,?,'DONE',0)")) {
      String id = UUID.randomUUID().toString();
      insert.setString(1, id);
      insert.setLong(2, System.currentTimeMillis());
      insert.setString(3, id);
      insert.setString(4, patient);
      insert.setString(5, document);
      insert.executeUpdate();
    }
  }

  @Override
  public void close() {
    pool.close();
  }
}
