package org.auscult.server.caller;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.cds.caller.Addresses;
import org.auscult.cds.caller.LimitedBody;

/**
 * Gets keys over HTTP, from addresses that the operator has configured: no redirects, one time
 * limit for all of it, one limit of bytes, and no address of this machine or its network unless it
 * is configured as such.
 *
 * <p>Threads: safe.
 */
final class HttpKeyFetcher implements KeyFetcher {
  static final int MOST_BYTES = 256_000;

  private final HttpClient http;
  private final Duration budget;
  private final boolean privateNetwork;

  /**
   * @param budget for one document, from the first byte sent to the last one received
   * @param privateNetwork whether a name may lead to an address of a private network
   */
  HttpKeyFetcher(Duration budget, boolean privateNetwork) {
    this.budget = budget;
    this.privateNetwork = privateNetwork;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(budget)
            .build();
  }

  @Override
  public String fetch(URI address) throws IOException {
    requireCallable(address);
    HttpRequest request =
        HttpRequest.newBuilder(address).header("Accept", "application/json").GET().build();
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, head -> new LimitedBody(new AtomicLong(MOST_BYTES)));
    try {
      HttpResponse<byte[]> answer = sent.get(budget.toNanos(), TimeUnit.NANOSECONDS);
      if (answer.statusCode() != 200) {
        throw new IOException("it answered with status " + answer.statusCode());
      }
      return new String(answer.body(), StandardCharsets.UTF_8);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new IOException("it did not answer within " + budget.toMillis() + " ms");
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new IOException("this server is stopping");
    } catch (ExecutionException e) {
      throw new IOException(
          e.getCause() instanceof LimitedBody.TooLargeException
              ? "its answer is larger than " + MOST_BYTES + " bytes"
              : "it cannot be reached");
    }
  }

  private void requireCallable(URI address) throws IOException {
    try {
      for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
        if (!Addresses.mayCall(address, each, privateNetwork)) {
          throw new IOException(
              "its host leads to an address of this machine or of a private network");
        }
      }
    } catch (UnknownHostException e) {
      throw new IOException("its host is unknown");
    }
  }
}
