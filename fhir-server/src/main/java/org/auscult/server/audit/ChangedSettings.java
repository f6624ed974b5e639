package org.auscult.server.audit;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.auscult.server.keys.KeyRing;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.core.env.Environment;

/**
 * Which settings differ from those of the last start. Values may be secrets: they are compared, and
 * kept sealed, and go nowhere else.
 */
final class ChangedSettings {
  private static final List<ConfigurationPropertyName> OURS =
      List.of(
          ConfigurationPropertyName.of("auscult"),
          ConfigurationPropertyName.of("server"),
          ConfigurationPropertyName.of("spring"),
          ConfigurationPropertyName.of("management"),
          ConfigurationPropertyName.of("logging"));
  private static final int LONGEST = 200;

  private final DataSource dataSource;
  private final KeyRing keys;
  private final Map<String, String> now;

  ChangedSettings(DataSource dataSource, KeyRing keys, Environment environment) {
    this.dataSource = dataSource;
    this.keys = keys;
    this.now = given(environment);
  }

  /** Names and values of all that was set for this start; of two sources the first counts. */
  private static Map<String, String> given(Environment environment) {
    Map<String, String> given = new TreeMap<>();
    ConfigurationPropertySources.get(environment)
        .forEach(
            source -> {
              if (source instanceof IterableConfigurationPropertySource listed) {
                listed.stream()
                    .filter(name -> OURS.stream().anyMatch(o -> o.isAncestorOf(name)))
                    .filter(name -> name.toString().length() <= LONGEST)
                    .forEach(
                        name ->
                            given.putIfAbsent(name.toString(), value(environment, listed, name)));
              }
            });
    return given;
  }

  private static String value(
      Environment environment,
      IterableConfigurationPropertySource source,
      ConfigurationPropertyName name) {
    var property = source.getConfigurationProperty(name);
    return property == null
        ? ""
        : environment.resolvePlaceholders(String.valueOf(property.getValue()));
  }

  /** The names of those that are new, have another value, or are not set any more; sorted. */
  List<String> names() {
    try (Connection connection = dataSource.getConnection()) {
      Map<String, byte[]> before = before(connection);
      TreeSet<String> changed = new TreeSet<>(before.keySet());
      changed.addAll(now.keySet());
      changed.removeIf(name -> isSame(name, before.get(name)));
      return List.copyOf(changed);
    } catch (SQLException e) {
      throw new AuditLogException("The settings of the last start cannot be read", e);
    }
  }

  private boolean isSame(String name, byte @Nullable [] sealed) {
    String value = now.get(name);
    if (value == null || sealed == null) {
      return false;
    }
    try {
      return new String(keys.decrypt(sealed, context(name)), StandardCharsets.UTF_8).equals(value);
    } catch (IllegalArgumentException e) {
      // Altered in the database: that counts as a change.
      return false;
    }
  }

  /** Keeps those of this start for the next. */
  void keep() {
    try (Connection connection = dataSource.getConnection()) {
      connection.setAutoCommit(false);
      try {
        replace(connection);
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
        throw e;
      } finally {
        connection.setAutoCommit(true);
      }
    } catch (SQLException e) {
      throw new AuditLogException("The settings of this start cannot be kept", e);
    }
  }

  private void replace(Connection connection) throws SQLException {
    // One node at a time.
    try (PreparedStatement lock =
            connection.prepareStatement("select id from audit_identity for update");
        PreparedStatement delete = connection.prepareStatement("delete from audit_setting");
        PreparedStatement insert =
            connection.prepareStatement("insert into audit_setting (name, sealed) values (?, ?)")) {
      lock.executeQuery().close();
      delete.executeUpdate();
      for (Map.Entry<String, String> setting : now.entrySet()) {
        insert.setString(1, setting.getKey());
        insert.setBytes(
            2,
            keys.encrypt(
                setting.getValue().getBytes(StandardCharsets.UTF_8), context(setting.getKey())));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static Map<String, byte[]> before(Connection connection) throws SQLException {
    Map<String, byte[]> before = new TreeMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("select name, sealed from audit_setting");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        before.put(rows.getString(1), rows.getBytes(2));
      }
    }
    return before;
  }

  private static String context(String name) {
    return "audit-setting|" + name;
  }
}
