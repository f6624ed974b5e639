package org.auscult.server;

import ca.uhn.fhir.rest.client.api.IClientInterceptor;
import ca.uhn.fhir.rest.client.api.IHttpRequest;
import ca.uhn.fhir.rest.client.api.IHttpResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import org.auscult.server.access.TokenHolder;
import org.auscult.server.caller.Ehr;
import org.auscult.server.keys.KeyRing;

/**
 * The way in which tests speak HTTP to the server: as somebody whom it knows. Requests to the FHIR
 * API bring an access token of somebody who has every role, calls of hooks are signed by an EHR.
 * Tests of who may do what ask in their own ways.
 */
public final class KnownCaller implements IClientInterceptor {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final String root;
  private final String hooks;
  private final KeyRing keys;
  private final Ehr ehr;

  /**
   * @param hooks the root of the hooks, as callers know it
   */
  KnownCaller(String root, String hooks, KeyRing keys, Ehr ehr) {
    this.root = root;
    this.hooks = hooks;
    this.keys = keys;
    this.ehr = ehr;
  }

  /** The server's address, without a path. */
  public String root() {
    return root;
  }

  /** A request of a path; it brings no token yet. */
  public HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(root + path));
  }

  /** Sends it, with a token unless it brings one. */
  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return send(request, BodyHandlers.ofString());
  }

  /** The same, for any answer. */
  public <T> HttpResponse<T> send(HttpRequest.Builder request, BodyHandler<T> handler)
      throws IOException, InterruptedException {
    HttpRequest whole = request.build();
    boolean brings = whole.headers().firstValue("Authorization").isPresent();
    String path = whole.uri().getPath();
    if (!brings && path.startsWith("/fhir")) {
      request.header("Authorization", "Bearer " + accessToken());
    } else if (!brings && path.contains("/cds-services")) {
      request.header("Authorization", "Bearer " + ehr.token(hooks + path, Instant.now()));
    }
    return HTTP.send(request.build(), handler);
  }

  /** An access token of somebody who has every role. */
  public String accessToken() {
    return TokenHolder.ofEveryRole(root, keys);
  }

  /** HAPI's client asks for the FHIR API only. */
  @Override
  public void interceptRequest(IHttpRequest request) {
    request.addHeader("Authorization", "Bearer " + accessToken());
  }

  @Override
  public void interceptResponse(IHttpResponse response) {
    // Nothing of it is of interest here.
  }
}
