package org.auscult.server.serve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.auscult.server.AuscultApplication;
import org.auscult.server.config.AuscultSettings.Starter;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Option;

/** What {@code serve} and {@code demo} have in common: where to listen and where to store. */
public final class ServerOptions {
  /** The folder for who names none. */
  public static final String USUAL_DATA = ".auscult/data";

  @Option(
      names = "--port",
      defaultValue = "8080",
      description = "TCP port; 0 takes a free one (default: ${DEFAULT-VALUE}).")
  private int port = 8080;

  @Option(
      names = "--address",
      defaultValue = "127.0.0.1",
      description = "Address to listen on (default: ${DEFAULT-VALUE}, this machine only).")
  private String address = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = USUAL_DATA,
      description = "Folder of the embedded database (default: ${DEFAULT-VALUE}).")
  private Path data = Path.of(USUAL_DATA);

  @Option(
      names = "--db",
      paramLabel = "URL",
      description = "PostgreSQL instead: postgresql://user:password@host:port/database.")
  private @Nullable String db;

  /**
   * Starts the server in this process and returns when it is ready.
   *
   * @throws RuntimeException if the configuration or the storage does not allow it
   */
  public ConfigurableApplicationContext start(Starter starter) {
    return start(starter, Map.of());
  }

  /** The same, with further properties that the operator's own come before. */
  public ConfigurableApplicationContext start(Starter starter, Map<String, Object> others) {
    Map<String, Object> properties = new HashMap<>(others);
    properties.put("server.port", port == 0 ? freePort() : port);
    properties.put("server.address", address);
    properties.put("auscult.data-dir", data.toString());
    properties.put("auscult.starter", starter);
    // Only the demonstration starts with everything live.
    properties.put("auscult.demo", starter == Starter.LIVE);
    if (db != null) {
      properties.put("auscult.db-url", db);
    }
    SpringApplication application = new SpringApplication(AuscultApplication.class);
    application.setDefaultProperties(properties);
    return application.run();
  }

  /** The folder of the embedded database, and of what belongs to it. */
  public Path data() {
    return data;
  }

  /** Chosen before the start, because our own base URL is part of the configuration. */
  private static int freePort() {
    try {
      return FreePort.find();
    } catch (IOException e) {
      throw new UncheckedIOException("No TCP port is free", e);
    }
  }

  /** Where the running server listens, such as {@code http://127.0.0.1:8080}. */
  public static String rootUrl(ConfigurableApplicationContext server) {
    String address = server.getEnvironment().getProperty("server.address", "127.0.0.1");
    String port = server.getEnvironment().getProperty("local.server.port", "8080");
    String scheme =
        server.getEnvironment().containsProperty("server.ssl.bundle") ? "https" : "http";
    return scheme + "://" + (address.equals("0.0.0.0") ? "127.0.0.1" : address) + ":" + port;
  }
}
