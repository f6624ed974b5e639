package org.auscult.server.config;

import java.nio.file.Path;

/** Port: the embedded database, so kept that its files tell nothing. */
public interface EmbeddedStore {
  /**
   * Where to connect to for the database in this folder.
   *
   * @throws StartRefused if its key is not to be had, or what lies there is no database
   */
  Database open(Path folder);
}
