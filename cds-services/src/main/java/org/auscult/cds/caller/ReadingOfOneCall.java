package org.auscult.cds.caller;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.auscult.cds.fhir.Bundles;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.StrictJson;
import org.auscult.cds.fhir.Wanted;

/**
 * All reading for one call: one deadline, one allowance of bytes, one token. Nothing is logged and
 * no cause is kept: messages could hold the token, an identifier or data.
 */
final class ReadingOfOneCall {
  private final HttpClient http;
  private final CallerServers servers;
  private final CallerLimits limits;
  private final URI base;
  private final CallerAccess access;
  private final AtomicLong allowance;
  private final long deadline;

  ReadingOfOneCall(
      HttpClient http, CallerServers servers, CallerLimits limits, URI base, CallerAccess access) {
    this.http = http;
    this.servers = servers;
    this.limits = limits;
    this.base = base;
    this.access = access;
    this.allowance = new AtomicLong(limits.bytes());
    this.deadline = System.nanoTime() + limits.budget().toNanos();
  }

  /** Why a reading ends before it has all. */
  private static final class Ended extends Exception {
    private static final long serialVersionUID = 1L;
    private final Shortfall why;

    Ended(Shortfall why) {
      super(why.name(), null, false, false);
      this.why = why;
    }
  }

  long nanosLeft() {
    return Math.max(0, deadline - System.nanoTime());
  }

  /** Reads page after page until there is no next one. */
  void follow(Wanted wanted, Progress progress) {
    try {
      boolean covered =
          access.token() == null
              || access.token().scope().covers(wanted.kind().fhirType(), wanted.isRead());
      requireCallable();
      Optional<URI> next = Optional.of(start(wanted));
      Set<URI> seen = new HashSet<>();
      while (next.isPresent()) {
        if (seen.size() == limits.pages() || !seen.add(next.get())) {
          throw new Ended(Shortfall.TOO_MANY_PAGES);
        }
        JsonNode page = page(next.get());
        progress.add(page);
        next = next(page);
      }
      progress.end(covered ? null : Shortfall.SCOPE);
    } catch (Ended e) {
      progress.end(e.why);
    } catch (RuntimeException e) {
      progress.end(Shortfall.FAILED);
    }
  }

  private URI start(Wanted wanted) throws Ended {
    return wanted.next() == null ? QueryUrls.of(base, wanted.query()) : below(wanted.next());
  }

  private Optional<URI> next(JsonNode page) throws Ended {
    Optional<String> link = Bundles.next(page);
    return link.isEmpty() ? Optional.empty() : Optional.of(below(link.get()));
  }

  private URI below(String link) throws Ended {
    return CallerServers.below(base, link).orElseThrow(() -> new Ended(Shortfall.NEXT_ELSEWHERE));
  }

  private void requireCallable() throws Ended {
    try {
      for (InetAddress address : InetAddress.getAllByName(base.getHost())) {
        if (!servers.mayCall(base, address)) {
          throw new Ended(Shortfall.ADDRESS);
        }
      }
    } catch (UnknownHostException e) {
      throw new Ended(Shortfall.UNREACHABLE);
    }
  }

  private JsonNode page(URI url) throws Ended {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url).header("Accept", "application/fhir+json").GET();
    if (access.token() != null) {
      request.header("Authorization", access.token().authorization());
    }
    CompletableFuture<HttpResponse<byte[]>> sent =
        http.sendAsync(request.build(), head -> new LimitedBody(allowance));
    try {
      HttpResponse<byte[]> answer = sent.get(nanosLeft(), TimeUnit.NANOSECONDS);
      requireSuccess(answer.statusCode());
      return json(answer.body());
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new Ended(Shortfall.TIMEOUT);
    } catch (InterruptedException e) {
      sent.cancel(true);
      Thread.currentThread().interrupt();
      throw new Ended(Shortfall.TIMEOUT);
    } catch (ExecutionException e) {
      throw new Ended(
          e.getCause() instanceof LimitedBody.TooLargeException
              ? Shortfall.TOO_LARGE
              : Shortfall.UNREACHABLE);
    }
  }

  private static void requireSuccess(int status) throws Ended {
    if (status == 200) {
      return;
    }
    throw new Ended(
        switch (status) {
          case 401, 403 -> Shortfall.REFUSED;
          case 404, 410 -> Shortfall.NOT_FOUND;
          case 301, 302, 303, 307, 308 -> Shortfall.REDIRECTED;
          default -> Shortfall.FAILED;
        });
  }

  private static JsonNode json(byte[] body) throws Ended {
    try {
      JsonNode read = StrictJson.MAPPER.readTree(body);
      if (read != null && read.path("resourceType").isTextual()) {
        return read;
      }
    } catch (IOException e) {
      throw new Ended(Shortfall.UNREADABLE);
    }
    throw new Ended(Shortfall.UNREADABLE);
  }
}
