package org.auscult.prove;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Servers on the embedded database that several proofs of one command ask, one after the other,
 * since starting one costs more than most of them: for proofs that only add patients and
 * definitions of their own, and that do not mind those of others. They end with the command. A
 * proof that brings a database has a server of its own, which ends when the proof closes it.
 */
public final class CommonServers implements AutoCloseable {
  private static final Map<String, String> SETTINGS = Map.of("auscult.time-zone", "UTC");

  private @Nullable ServerProcess live;
  private @Nullable ServerProcess drafts;

  /**
   * One whose starter pack is live, in UTC.
   *
   * @param db PostgreSQL URL; null for the embedded database
   */
  public ServerProcess live(@Nullable String db) throws IOException, InterruptedException {
    if (db != null) {
      return ServerProcess.start(db, SETTINGS);
    }
    ServerProcess server = live == null ? ServerProcess.start(null, SETTINGS).kept() : live;
    live = server;
    return server;
  }

  /** One whose starter pack nobody has let go live, in UTC. */
  public ServerProcess drafts(@Nullable String db) throws IOException, InterruptedException {
    if (db != null) {
      return ServerProcess.drafts(db, SETTINGS);
    }
    ServerProcess server = drafts == null ? ServerProcess.drafts(null, SETTINGS).kept() : drafts;
    drafts = server;
    return server;
  }

  @Override
  public void close() throws IOException {
    if (live != null) {
      live.end();
    }
    if (drafts != null) {
      drafts.end();
    }
  }
}
