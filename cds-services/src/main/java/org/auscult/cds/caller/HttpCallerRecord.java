package org.auscult.cds.caller;

import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.auscult.cds.fhir.Fetched;
import org.auscult.cds.fhir.Shortfall;
import org.auscult.cds.fhir.Wanted;

/**
 * Reads a caller's record over HTTP: all keys in parallel, pages one after the other, within the
 * budget of the call. Threads are bounded for each server, so that a slow one holds up no other.
 *
 * <p>Threads: safe.
 */
public final class HttpCallerRecord implements CallerRecord, AutoCloseable {
  private static final int CLIENT_THREADS = 4;
  private static final int WAITING_FOR_EACH_THREAD = 16;
  private static final int IDLE_SECONDS = 30;

  private final CallerServers servers;
  private final CallerLimits limits;
  private final ExecutorService clientThreads =
      Executors.newFixedThreadPool(CLIENT_THREADS, daemons("caller-http"));
  private final HttpClient http;
  private final Map<String, ThreadPoolExecutor> readers = new ConcurrentHashMap<>();

  public HttpCallerRecord(CallerServers servers, CallerLimits limits) {
    this.servers = servers;
    this.limits = limits;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(limits.budget())
            .executor(clientThreads)
            .build();
  }

  @Override
  public boolean mayRead(String fhirServer) {
    return servers.contains(fhirServer);
  }

  @Override
  public Map<String, Fetched> read(CallerAccess access, List<Wanted> wanted) {
    if (!mayRead(access.fhirServer())) {
      return Map.of();
    }
    ReadingOfOneCall reading =
        new ReadingOfOneCall(http, servers, limits, URI.create(access.fhirServer()), access);
    ThreadPoolExecutor threads = readers.computeIfAbsent(access.fhirServer(), s -> pool());
    Map<String, Progress> all = new LinkedHashMap<>();
    List<Future<?>> running = new ArrayList<>();
    for (Wanted one : wanted) {
      Progress progress = new Progress();
      all.put(one.key(), progress);
      try {
        running.add(threads.submit(() -> reading.follow(one, progress)));
      } catch (RejectedExecutionException e) {
        progress.end(Shortfall.BUSY);
      }
    }
    await(running, reading);
    Map<String, Fetched> fetched = new LinkedHashMap<>();
    all.forEach((key, progress) -> fetched.put(key, progress.take()));
    return fetched;
  }

  private static void await(List<Future<?>> running, ReadingOfOneCall reading) {
    for (Future<?> one : running) {
      try {
        one.get(reading.nanosLeft(), TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        one.cancel(true);
      } catch (InterruptedException e) {
        running.forEach(each -> each.cancel(true));
        Thread.currentThread().interrupt();
        return;
      } catch (ExecutionException e) {
        // What a reading throws is an error of the machine; its answer lacks, like a late one.
        continue;
      }
    }
  }

  private ThreadPoolExecutor pool() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            limits.threads(),
            limits.threads(),
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(limits.threads() * WAITING_FOR_EACH_THREAD),
            daemons("caller-read"));
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private static ThreadFactory daemons(String name) {
    return work -> {
      Thread thread = new Thread(work, name);
      thread.setDaemon(true);
      return thread;
    };
  }

  @Override
  public void close() {
    readers.values().forEach(ThreadPoolExecutor::shutdownNow);
    clientThreads.shutdownNow();
  }
}
