package org.auscult.bench.peer;

import java.util.HashMap;
import java.util.Map;
import org.auscult.server.config.AuscultServer;
import org.auscult.server.config.EmbeddedStore;
import org.auscult.server.config.FhirEndpointConfiguration;
import org.auscult.server.config.HapiJpaConfiguration;
import org.auscult.server.config.StorageConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** The peer's server: {@code --port N --data DIR --db URL}. It listens on this machine only. */
@Configuration(proxyBeanMethods = false)
@AuscultServer
@Import({
  StorageConfiguration.class,
  HapiJpaConfiguration.class,
  FhirEndpointConfiguration.class,
  PeerHooks.class
})
public class PlainHapi {
  /** The peer is always told where its database is. */
  @Bean
  EmbeddedStore embeddedStore() {
    return folder -> {
      throw new IllegalArgumentException("--db is missing");
    };
  }

  public static void main(String[] arguments) {
    start(arguments);
  }

  static ConfigurableApplicationContext start(String... arguments) {
    Map<String, Object> given = new HashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      given.put(arguments[i], arguments[i + 1]);
    }
    Map<String, Object> properties = new HashMap<>();
    properties.put("server.port", given.get("--port"));
    properties.put("server.address", "127.0.0.1");
    properties.put("auscult.data-dir", given.get("--data"));
    properties.put("auscult.db-url", given.get("--db"));
    SpringApplication application = new SpringApplication(PlainHapi.class);
    application.setDefaultProperties(properties);
    return application.run();
  }
}
