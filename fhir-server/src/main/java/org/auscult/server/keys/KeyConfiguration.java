package org.auscult.server.keys;

import java.time.InstantSource;
import java.util.List;
import javax.sql.DataSource;
import org.auscult.audit.AuditTrail;
import org.auscult.server.config.AuscultSettings;
import org.auscult.server.config.Database;
import org.auscult.server.config.EmbeddedStore;
import org.auscult.server.config.Exposure;
import org.auscult.server.config.FhirEndpointConfiguration.FhirOperations;
import org.auscult.server.encryption.EncryptedDatabase;
import org.auscult.server.keys.MasterKeyPlace.Keys;
import org.auscult.server.keys.MasterKeyPlace.Reach;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Keys in the database, opened by the master key when the server starts. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KeySettings.class)
public class KeyConfiguration {
  @Bean
  KeyRing keyRing(
      DataSource dataSource,
      Database database,
      AuscultSettings settings,
      KeySettings keySettings,
      Environment environment) {
    KeyRows rows = new KeyRows(dataSource);
    MasterKeyPlace place = place(keys(database, rows), settings, keySettings, environment);
    DataKey dataKey = DataKey.open(rows, place.find(), place.former());
    return new JdbcKeyRing(rows, dataKey, InstantSource.system(), JdbcKeyRing.FRESH);
  }

  @Bean
  EmbeddedStore embeddedStore(
      AuscultSettings settings, KeySettings keySettings, Environment environment) {
    return folder -> {
      Keys keys = DatabaseKey.isIn(folder) ? Keys.STORED : Keys.NONE;
      MasterKeyPlace place = place(keys, settings, keySettings, environment);
      return EncryptedDatabase.at(folder, DatabaseKey.open(folder, place.find(), place.former()));
    };
  }

  @Bean(destroyMethod = "close")
  KeyAgeing keyAgeing(KeyRing ring, AuditTrail trail, KeySettings settings) {
    return new KeyAgeing(ring, trail, settings.rotateAfter(), InstantSource.system()).begin();
  }

  @Bean
  FhirOperations keyOperations(KeyRing ring, AuditTrail trail) {
    return new FhirOperations(List.of(new KeyOperations(ring, trail)));
  }

  private static MasterKeyPlace place(
      Keys keys, AuscultSettings settings, KeySettings keySettings, Environment environment) {
    return new MasterKeyPlace(
        keySettings,
        environment.getProperty(MasterKeyPlace.ENVIRONMENT),
        settings.dataDir(),
        keys,
        isLocal(settings, environment) ? Reach.THIS_MACHINE : Reach.NETWORK);
  }

  private static Keys keys(Database database, KeyRows rows) {
    if (database.isInMemory()) {
      return Keys.IN_MEMORY;
    }
    return rows.dataKey().isPresent() ? Keys.STORED : Keys.NONE;
  }

  private static boolean isLocal(AuscultSettings settings, Environment environment) {
    return settings.demo() || Exposure.of(environment) == Exposure.LOOPBACK;
  }
}
