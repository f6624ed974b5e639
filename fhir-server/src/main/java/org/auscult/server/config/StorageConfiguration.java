package org.auscult.server.config;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.JdbcTemplate;

/** One pool of connections; our own tables are migrated before anything reads them. */
@Configuration(proxyBeanMethods = false)
public class StorageConfiguration {
  @Bean
  PublicUrls publicUrls(AuscultSettings settings, Environment environment) {
    return new PublicUrls(settings, environment);
  }

  @Bean
  Database database(AuscultSettings settings, EmbeddedStore embedded) {
    String url = settings.dbUrl();
    if (url != null && !url.isBlank()) {
      return Database.from(settings);
    }
    DataFolder.make(settings.dataDir());
    return embedded.open(settings.dataDir());
  }

  @Bean
  ConnectionSource connectionSource(Database database) throws SQLException {
    return new ConnectionSource(database);
  }

  @Bean(destroyMethod = "close")
  HikariDataSource dataSource(
      Database database, ConnectionSource connections, AuscultSettings settings) {
    HikariConfig config = connections.pool("auscult");
    config.setMaximumPoolSize(settings.dbPoolSize());
    HikariDataSource dataSource = new HikariDataSource(config);
    Flyway.configure()
        .dataSource(dataSource)
        .locations(database.vendor().migrations())
        .table("auscult_schema_history")
        .baselineOnMigrate(true)
        .baselineVersion("0")
        .load()
        .migrate();
    return dataSource;
  }

  @Bean
  JdbcTemplate jdbcTemplate(DataSource dataSource) {
    return new JdbcTemplate(dataSource);
  }
}
