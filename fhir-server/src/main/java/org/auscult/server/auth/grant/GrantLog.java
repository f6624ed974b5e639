package org.auscult.server.auth.grant;

/** Port: records what looks as if a token was stolen. */
public interface GrantLog {
  /**
   * A refresh token that was replaced was used again, and its grant has ended.
   *
   * @param user in whose name it was given
   */
  void reused(String user, String client);
}
