package org.auscult.server.token;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A token of an outside issuer in a file. Whoever keeps the file puts a new one there in time: it
 * is read again when the server refuses the last.
 */
public final class TokenFile implements TokenSource {
  private final Path file;
  private volatile String token = "";

  public TokenFile(Path file) {
    this.file = file;
  }

  @Override
  public String token() throws IOException {
    return token.isEmpty() ? anew() : token;
  }

  @Override
  public String anew() throws IOException {
    String read = Files.readString(file).strip();
    if (read.isEmpty() || read.chars().anyMatch(c -> c <= ' ' || c > '~')) {
      throw new TokenRequest.RefusedException(file + " holds no access token");
    }
    token = read;
    return read;
  }
}
