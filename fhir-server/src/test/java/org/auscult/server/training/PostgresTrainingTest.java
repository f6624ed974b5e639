package org.auscult.server.training;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.sql.DataSource;
import org.auscult.server.config.Database.Vendor;

class PostgresTrainingTest extends TrainingScenarios {
  /** Shared by its tests: starting it takes seconds. */
  private static final DataSource SOURCE = migrated();

  PostgresTrainingTest() {
    super(SOURCE, Vendor.POSTGRESQL);
  }

  private static DataSource migrated() {
    try {
      DataSource source = EmbeddedPostgres.builder().start().getPostgresDatabase();
      migrate(source, Vendor.POSTGRESQL);
      return source;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
