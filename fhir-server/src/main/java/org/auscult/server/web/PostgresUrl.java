package org.auscult.server.web;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a database URL says of the way to the database. */
final class PostgresUrl {
  private static final Pattern FORM =
      Pattern.compile(
          "(?:jdbc:)?postgres(?:ql)?:(?://(?:([^@/:]*)(?::([^@/]*))?@)?([^/?]*))?[^?]*(?:\\?(.*))?");
  private static final Set<String> ENCRYPTED = Set.of("require", "verify-ca", "verify-full");

  private final boolean isPostgres;
  private final @Nullable String user;
  private final @Nullable String password;
  private final String hosts;
  private final String parameters;

  PostgresUrl(String url) {
    Matcher form = FORM.matcher(url);
    isPostgres = form.matches();
    user = isPostgres ? filled(form.group(1)) : null;
    password = isPostgres ? filled(form.group(2)) : null;
    String named = isPostgres ? form.group(3) : null;
    hosts = named == null ? "" : named;
    String query = isPostgres ? form.group(4) : null;
    parameters = query == null ? "" : query;
  }

  private static @Nullable String filled(@Nullable String text) {
    return text == null || text.isEmpty() ? null : text;
  }

  boolean isPostgres() {
    return isPostgres;
  }

  /** Whether a host in it is not this machine; none named is this machine. */
  boolean isRemote() {
    return isPostgres
        && Arrays.stream(hosts.split(",")).anyMatch(h -> !h.isEmpty() && !isThisMachine(h));
  }

  private static boolean isThisMachine(String hostAndPort) {
    String host = hostAndPort.replaceFirst(":\\d+$", "");
    return host.equals("localhost") || host.matches("127(\\.\\d+){3}") || host.equals("[::1]");
  }

  /** Whether the driver refuses to go on without TLS. */
  boolean isEncrypted() {
    return ENCRYPTED.contains(parameter("sslmode"));
  }

  boolean hasClientCertificate() {
    return !parameter("sslcert").isEmpty() || !parameter("sslkey").isEmpty();
  }

  @Nullable String user() {
    return user == null ? filled(parameter("user")) : user;
  }

  @Nullable String password() {
    return password == null ? filled(parameter("password")) : password;
  }

  private String parameter(String name) {
    for (String parameter : parameters.split("&")) {
      if (parameter.startsWith(name + "=")) {
        return parameter.substring(name.length() + 1);
      }
    }
    return "";
  }

  /** Not the password. */
  @Override
  public String toString() {
    return "PostgresUrl[" + hosts + "]";
  }
}
