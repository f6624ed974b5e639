package org.auscult.server.web;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.rest.annotation.Create;
import ca.uhn.fhir.rest.annotation.ResourceParam;
import ca.uhn.fhir.rest.api.MethodOutcome;
import ca.uhn.fhir.rest.server.IResourceProvider;
import ca.uhn.fhir.rest.server.RestfulServer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hl7.fhir.r4.model.IdType;
import org.hl7.fhir.r4.model.Patient;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.http.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.web.embedded.EmbeddedWebServerFactoryCustomizerAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.DispatcherServletAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.ServletWebServerFactoryAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.WebMvcAutoConfiguration;
import org.springframework.boot.autoconfigure.web.servlet.error.ErrorMvcAutoConfiguration;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A web server with our headers, limits and TLS, and little behind them; it starts in seconds. */
final class SmallServer implements AutoCloseable {
  private final ConfigurableApplicationContext context;

  private SmallServer(ConfigurableApplicationContext context) {
    this.context = context;
  }

  static SmallServer start(Map<String, Object> settings) {
    Map<String, Object> properties = new HashMap<>(settings);
    properties.putIfAbsent("server.address", "127.0.0.1");
    properties.put("server.port", 0);
    SpringApplication application = new SpringApplication(Parts.class);
    application.setDefaultProperties(properties);
    return new SmallServer(application.run());
  }

  int port() {
    return Integer.parseInt(
        String.valueOf(context.getEnvironment().getProperty("local.server.port")));
  }

  /** The answer to these very bytes, whole; the head must ask to close the connection. */
  static String raw(int port, String head, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(60_000);
      OutputStream out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.ISO_8859_1));
      out.write(body);
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  static String raw(int port, String head) throws IOException {
    return raw(port, head, new byte[0]);
  }

  @Override
  public void close() {
    context.close();
  }

  @Configuration(proxyBeanMethods = false)
  @ImportAutoConfiguration({
    ServletWebServerFactoryAutoConfiguration.class,
    EmbeddedWebServerFactoryCustomizerAutoConfiguration.class,
    DispatcherServletAutoConfiguration.class,
    HttpMessageConvertersAutoConfiguration.class,
    WebMvcAutoConfiguration.class,
    ErrorMvcAutoConfiguration.class,
    SslAutoConfiguration.class
  })
  @Import({WebConfiguration.class, Pages.class})
  static class Parts {
    @Bean
    ServletRegistrationBean<RestfulServer> fhir() {
      RestfulServer server = new RestfulServer(FhirContext.forR4Cached());
      server.registerProvider(new Patients());
      return new ServletRegistrationBean<>(server, "/fhir/*");
    }
  }

  static final class Patients implements IResourceProvider {
    @Override
    public Class<Patient> getResourceType() {
      return Patient.class;
    }

    @Create
    public MethodOutcome create(@ResourceParam Patient patient) {
      return new MethodOutcome(new IdType("Patient", "1"), true);
    }
  }

  @RestController
  static class Pages {
    @GetMapping("/oauth2/page")
    String page() {
      return "page";
    }

    @GetMapping("/oauth2/style.css")
    String style() {
      return "";
    }

    @PostMapping("/oauth2/echo")
    String echo(@RequestBody byte[] body) {
      return "read " + body.length;
    }

    @GetMapping("/oauth2/who")
    String who(HttpServletRequest request) {
      Object given = request.getAttribute("jakarta.servlet.request.X509Certificate");
      return given instanceof X509Certificate[] chain
          ? chain[0].getSubjectX500Principal().getName()
          : "nobody";
    }

    @GetMapping(path = {"/actuator/health/liveness", "/actuator/prometheus"})
    List<String> management() {
      return List.of();
    }
  }
}
