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
 * Small documents over HTTP, from addresses that the operator has configured, or that a server
 * there has named: no redirects, one time limit for all of it, one limit of bytes, and no address
 * of this machine or its network unless it is configured as such. Its failures have words of ours
 * alone, which may be logged: nothing that was sent or received.
 *
 * <p>Threads: safe.
 */
public final class GuardedHttp {
  static final int MOST_BYTES = 256_000;

  private final HttpClient http;
  private final Duration budget;
  private final boolean privateNetwork;

  /**
   * @param budget for one document, from the first byte sent to the last one received
   * @param privateNetwork whether a name may lead to an address of a private network
   */
  public GuardedHttp(Duration budget, boolean privateNetwork) {
    this.budget = budget;
    this.privateNetwork = privateNetwork;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(budget)
            .build();
  }

  /** What was answered. */
  public record Answer(int status, String body) {
    /** The status alone. */
    @Override
    public String toString() {
      return "Answer[" + status + "]";
    }
  }

  /**
   * What an address serves as JSON.
   *
   * @param configured the address itself, or that of the server which has named it
   * @throws IOException if it does not answer with 200
   */
  public String get(URI address, URI configured) throws IOException {
    Answer answer =
        send(
            HttpRequest.newBuilder(address).header("Accept", "application/json").GET().build(),
            configured);
    if (answer.status() != 200) {
      throw new IOException("it answered with status " + answer.status());
    }
    return answer.body();
  }

  /**
   * What is answered to a form, whatever its status.
   *
   * @param configured the address of the server which has named this one
   */
  public Answer post(URI address, URI configured, String form) throws IOException {
    return send(
        HttpRequest.newBuilder(address)
            .header("Accept", "application/json")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(form))
            .build(),
        configured);
  }

  /**
   * What is answered to a request, whatever its status.
   *
   * @param configured the address itself, or that of the server which has named it
   */
  public Answer send(HttpRequest request, URI configured) throws IOException {
    requireCallable(request.uri(), configured);
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request, head -> new LimitedBody(new AtomicLong(MOST_BYTES)));
    try {
      HttpResponse<byte[]> answer = sent.get(budget.toNanos(), TimeUnit.NANOSECONDS);
      return new Answer(answer.statusCode(), new String(answer.body(), StandardCharsets.UTF_8));
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

  private void requireCallable(URI address, URI configured) throws IOException {
    try {
      for (InetAddress each : InetAddress.getAllByName(address.getHost())) {
        if (!Addresses.mayCall(configured, address, each, privateNetwork)) {
          throw new IOException(
              "its host leads to an address of this machine or of a private network");
        }
      }
    } catch (UnknownHostException e) {
      throw new IOException("its host is unknown");
    }
  }
}
