package org.auscult.server.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.auscult.server.client.FhirHttp.Answer;
import org.auscult.server.client.FhirHttp.Repeat;

/** The operations of a data set over HTTP. */
final class TrainingSetHttp {
  private static final Pattern JOB = Pattern.compile("[?&]job=([0-9a-f-]{36})(&|$)");

  private final FhirHttp http;
  private final Duration longestWait;

  /**
   * @param longestWait between two questions how far it is, whatever the server asks for
   */
  TrainingSetHttp(FhirHttp http, Duration longestWait) {
    this.http = http;
    this.longestWait = longestWait;
  }

  /** The server said no; or the data set could not be made. */
  static final class RefusedException extends Exception {
    private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /**
   * Starts one; never twice, for what was made is kept for ever.
   *
   * @return its id
   */
  String start(ObjectNode parameters) throws IOException, RefusedException {
    Answer answer =
        http.send(
            http.request("$training-set")
                .header("Content-Type", "application/fhir+json")
                .header("Prefer", "respond-async")
                .POST(BodyPublishers.ofByteArray(FhirHttp.JSON.writeValueAsBytes(parameters))),
            Repeat.IF_NOT_TAKEN);
    if (answer.status() != 202) {
      throw new RefusedException(answer.reason());
    }
    Matcher job = JOB.matcher(answer.headers().firstValue("Content-Location").orElse(""));
    if (!job.find()) {
      throw new RefusedException("the server does not say where to ask for the data set");
    }
    return job.group(1);
  }

  /**
   * Waits until it is made.
   *
   * @param progress takes what the server says, whenever that changes
   */
  void await(String id, Consumer<String> progress) throws RefusedException, InterruptedException {
    String last = "";
    while (true) {
      Answer answer = http.send(http.request(status(id)).GET(), Repeat.FREELY);
      if (answer.status() == 200) {
        return;
      }
      if (answer.status() != 202) {
        throw new RefusedException(answer.reason());
      }
      String now = answer.headers().firstValue("X-Progress").orElse("being made");
      if (!now.equals(last)) {
        progress.accept(now);
        last = now;
      }
      Thread.sleep(wait(answer).toMillis());
    }
  }

  private Duration wait(Answer answer) {
    String seconds = answer.headers().firstValue("Retry-After").orElse("");
    Duration asked = Duration.ofSeconds(seconds.matches("\\d{1,4}") ? Long.parseLong(seconds) : 2);
    return asked.compareTo(longestWait) > 0 ? longestWait : asked;
  }

  void cancel(String id) throws RefusedException {
    Answer answer = http.send(http.request(status(id)).DELETE(), Repeat.IF_NOT_TAKEN);
    if (answer.status() != 202) {
      throw new RefusedException(answer.reason());
    }
  }

  /** How two differ, as Parameters. */
  JsonNode compare(String left, String right) throws RefusedException {
    Answer answer =
        http.send(
            http.request("$training-set-compare?left=" + coded(left) + "&right=" + coded(right))
                .GET(),
            Repeat.FREELY);
    if (answer.status() != 200) {
      throw new RefusedException(answer.reason());
    }
    return answer.body();
  }

  /** Writes one of its files. */
  void download(String id, String name, Path file) throws RefusedException {
    int status =
        http.download("$training-set-file?job=" + coded(id) + "&file=" + coded(name), file);
    if (status != 200) {
      throw new RefusedException("HTTP " + status + ": " + name + " is not given");
    }
  }

  private static String status(String id) {
    return "$training-set-status?job=" + coded(id);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
